/**
 * The state of all that a timeline tells of, and how a moment changes it, in both directions: each change carries the value
 * before it as well as the one after it, so nothing has to be computed anew to go back.
 */

const emptyRing = () => ({
    size: 0,
    enabled: 0,
    head: 0,
    tail: 0,
    next: 0,
    iova: "0x0000000000000000",
    descriptors: [],
    frames: [],
    version: 0, // grows with each change, so that who draws a ring sees whether it is to be drawn again
});

/** The state before the first moment. */
export function start(document) {
    return {
        cards: document.cards.map((card) => ({
            link: 0,
            registers: new Map(),
            counters: new Map(),
            rings: card.rings.map(emptyRing),
        })),
        owners: new Map(),
        faults: new Set(),
    };
}

/** A copy that later changes do not reach. */
export function copy(state) {
    return {
        cards: state.cards.map((card) => ({
            link: card.link,
            registers: new Map(card.registers),
            counters: new Map(card.counters),
            rings: card.rings.map((ring) => ({
                ...ring,
                descriptors: ring.descriptors.slice(),
                frames: ring.frames.slice(),
            })),
        })),
        owners: new Map(state.owners),
        faults: new Set(state.faults),
    };
}

const touched = (state, card, ring) => {
    const found = state.cards[card].rings[ring];
    found.version++;
    return found;
};

/** By kind of change: how it is made. The value is the one after it, or the one before it to undo it. */
const changes = {
    reg: (state, [, card, offset, before, after], forwards) => state.cards[card].registers.set(offset, forwards ? after : before),
    ring: (state, [, card, ring, field, before, after], forwards) => {
        touched(state, card, ring)[field] = forwards ? after : before;
    },
    desc: (state, [, card, ring, index, before, after], forwards) => {
        touched(state, card, ring).descriptors[index] = forwards ? after : before;
    },
    frame: (state, [, card, ring, index, before, after], forwards) => {
        touched(state, card, ring).frames[index] = forwards ? after : before;
    },
    owner: (state, [, buffer, before, after], forwards) => state.owners.set(buffer, forwards ? after : before),
    count: (state, [, card, name, before, after], forwards) => state.cards[card].counters.set(name, forwards ? after : before),
    link: (state, [, card, before, after], forwards) => {
        state.cards[card].link = forwards ? after : before;
    },
    fault: (state, [, name, before, after], forwards) => {
        if (forwards ? after : before) state.faults.add(name);
        else state.faults.delete(name);
    },
};

/** Makes the changes of a moment. Kinds that change no state, or that are not known, are left out. */
export function apply(state, moment) {
    for (const change of moment.x) changes[change[0]]?.(state, change, true);
}

/** Undoes the changes of a moment, the last one first. */
export function undo(state, moment) {
    for (let i = moment.x.length - 1; i >= 0; i--) changes[moment.x[i][0]]?.(state, moment.x[i], false);
}
