import { apply, copy, start, undo } from "ixy/fold.js";

const SNAPSHOT_EVERY = 400;
const MOST_MOMENTS = 200_000; // what a page remembers of a program that runs for hours
const TOUCHES = new Set(["read", "write", "reg"]);

/** All moments that are known, and a cursor in them with the state that is true there. */
export class Timeline {
    /** The moments, without gaps; the first may be a late one. */
    moments = [];

    /** How many moments have happened at the cursor, counted from the start of the program. */
    cursor = 0;

    /** What a card or one of us named as a mistake: { n, card, text, docs }. */
    mistakes = [];

    #snapshots = new Map();
    #registerChanges = new Map();
    #touched = new Map();
    #counts = new Map();

    constructor(document) {
        this.document = document;
        this.state = start(document);
        this.first = document.moments[0]?.n ?? document.at ?? 0;
        this.cursor = this.first;
        this.append(document.moments);
    }

    /** How many moments are known, counted from the start of the program. */
    get end() {
        return this.first + this.moments.length;
    }

    /** The moment that has just happened at the cursor, or undefined at the start. */
    get current() {
        return this.moments[this.cursor - 1 - this.first];
    }

    at(n) {
        return this.moments[n - this.first];
    }

    append(moments) {
        for (const moment of moments) {
            if (moment.n !== this.end) continue; // sent twice, after a connection was made again
            this.moments.push(moment);
            for (const change of moment.x) this.#index(moment, change);
        }
        if (this.moments.length > MOST_MOMENTS) this.#forget(this.moments.length - MOST_MOMENTS / 2);
    }

    /** Moves the cursor; the way is as short as what is remembered allows. */
    goTo(cursor) {
        const target = Math.max(this.first, Math.min(cursor, this.end));
        this.#jump(target);
        while (this.cursor < target) {
            apply(this.state, this.moments[this.cursor++ - this.first]);
            if (this.cursor % SNAPSHOT_EVERY === 0 && !this.#snapshots.has(this.cursor)) {
                this.#snapshots.set(this.cursor, copy(this.state));
            }
        }
        while (this.cursor > target) undo(this.state, this.moments[--this.cursor - this.first]);
    }

    /** The last change of a register up to the cursor: { n, before, after }, or undefined. */
    lastChange(card, offset) {
        const all = this.#registerChanges.get(`${card}:${offset}`) ?? [];
        return all[upTo(all, this.cursor - 1) - 1];
    }

    /** Was the register read, written or changed up to the cursor? What it was from the start does not count. */
    wasTouched(card, offset) {
        return this.#touched.get(`${card}:${offset}`) < this.cursor;
    }

    /** The values of a counter over time: { n: [], t: [], value: [] }, or undefined. */
    counter(card, name) {
        return this.#counts.get(`${card}:${name}`);
    }

    /** The next moment behind the cursor, or the last one before it, that the test takes; -1 if there is none. */
    find(test, forwards) {
        if (forwards) {
            for (let n = this.cursor; n < this.end; n++) if (test(this.at(n))) return n;
        } else {
            for (let n = this.cursor - 2; n >= this.first; n--) if (test(this.at(n))) return n;
        }
        return -1;
    }

    #jump(target) {
        let nearest = this.cursor;
        for (const at of this.#snapshots.keys()) if (Math.abs(at - target) < Math.abs(nearest - target)) nearest = at;
        if (Math.abs(nearest - target) + SNAPSHOT_EVERY > Math.abs(this.cursor - target)) return;
        const versions = this.state.cards.map((card) => card.rings.map((ring) => ring.version));
        this.state = copy(this.#snapshots.get(nearest));
        this.state.cards.forEach((card, c) => card.rings.forEach((ring, r) => (ring.version = versions[c][r] + 1)));
        this.cursor = nearest;
    }

    #index(moment, change) {
        const [kind, card] = change;
        if (TOUCHES.has(kind) && moment.n > 0 && !this.#touched.has(`${card}:${change[2]}`)) {
            this.#touched.set(`${card}:${change[2]}`, moment.n);
        }
        if (kind === "reg") {
            const [, , offset, before, after] = change;
            listIn(this.#registerChanges, `${card}:${offset}`, () => []).push({ n: moment.n, before, after });
        } else if (kind === "count") {
            const [, , name, , after] = change;
            const counter = listIn(this.#counts, `${card}:${name}`, () => ({ n: [], t: [], value: [] }));
            counter.n.push(moment.n);
            counter.t.push(moment.t);
            counter.value.push(after);
        } else if (kind === "mistake") {
            this.mistakes.push({ n: moment.n, card, text: change[2], docs: change[3] });
        }
    }

    #forget(count) {
        this.goTo(Math.max(this.cursor, this.first + count));
        this.moments.splice(0, count);
        this.first += count;
        for (const at of this.#snapshots.keys()) if (at < this.first) this.#snapshots.delete(at);
        this.mistakes = this.mistakes.filter(({ n }) => n >= this.first);
    }
}

function listIn(map, key, create) {
    if (!map.has(key)) map.set(key, create());
    return map.get(key);
}

/** How many of the changes, which are in order, happened up to a moment. */
function upTo(changes, n) {
    let low = 0;
    let high = changes.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (changes[middle].n <= n) low = middle + 1;
        else high = middle;
    }
    return low;
}
