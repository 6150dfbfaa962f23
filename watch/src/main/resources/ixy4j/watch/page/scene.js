import { render, html } from "ixy/lib/lit-html/lit-html.js";
import { application, card } from "ixy/cards.js";
import { Flights } from "ixy/flights.js";
import { Lane } from "ixy/lane.js";
import { onColours } from "ixy/palette.js";
import { RingView } from "ixy/ring.js";

const MOST_CHANGED = 64; // of the descriptors that one moment changes, so many are marked
const MOST_STREAM = 5; // dots for all frames of a sample of a live program, in each direction

/** The cards with their rings and wires, the application between them, and the frames that move. */
export class Scene {
    #views = []; // { card, ring, view, element }
    #shown = "";
    #lanes = new Map(); // by "card:ring"

    /** selected(): the descriptor that is chosen, { card, ring, index }; select(card, ring, index): the reader chose another one. */
    constructor(root, timeline, { selected, select }) {
        this.root = root;
        this.timeline = timeline;
        this.selected = selected;
        this.select = select;
        render(
            html`<div class="stage"></div>
                <canvas class="lanes" aria-hidden="true"></canvas><canvas class="flights" aria-hidden="true"></canvas>`,
            root,
        );
        this.canvas = root.querySelector(".lanes");
        this.stage = root.querySelector(".stage");
        this.flights = new Flights(root.querySelector(".flights"));
        new ResizeObserver(() => this.measure()).observe(root);
        onColours(() => {
            for (const { view } of this.#views) view.forget();
            this.#drawLanes();
        });
    }

    /** Writes what is text, and lays the scene out anew where rings came or went. */
    paint() {
        const { cards } = this.timeline.document;
        const half = Math.ceil(cards.length / 2);
        const all = cards.map((_, c) => card(this, c, c < half ? "left" : "right"));
        render(
            html`<div class="side">${all.slice(0, half)}</div>
                ${application(this)}
                <div class="side">${all.slice(half)}</div>`,
            this.stage,
        );
        const shown = [...this.stage.querySelectorAll("[data-ring]")]
            .map(({ dataset }) => `${dataset.card}:${dataset.ring}`)
            .join();
        if (shown === this.#shown) return;
        this.#shown = shown;
        this.#views = [...this.stage.querySelectorAll("[data-ring]")].map((element) => this.#viewOf(element));
        this.measure();
    }

    /** Draws what moves or has changed; true as long as something moves. */
    draw(seconds) {
        const selected = this.selected();
        const changed = changedDescriptors(this.timeline.current);
        let moving = false;
        for (const { card, ring, view } of this.#views) {
            const chosen = selected.card === card && selected.ring === ring ? selected.index : -1;
            const state = this.timeline.state.cards[card].rings[ring];
            moving = view.draw(state, chosen, changed.get(`${card}:${ring}`) ?? [], seconds) || moving;
        }
        return this.flights.draw(seconds) || moving;
    }

    /** Lets the frames of a moment move; backwards, the way they came. */
    fly(moment, forwards, seconds) {
        const moves = moment.x.filter(([kind]) => kind === "move");
        const lanes = Map.groupBy(moves, ([, card, ring, from, to]) => `${card}:${ring}:${from}:${to}`);
        for (const lane of lanes.values()) {
            lane.forEach(([, card, ring, from, to, frame], i) => {
                const offset = forwards ? i - lane.length : i;
                const way = this.#way(card, ring, from, to, offset);
                if (!way) return;
                if (!forwards) way.reverse();
                const delay = (seconds * 0.9 * i) / Math.max(lane.length, 4);
                this.flights.launch(way, seconds, delay, { name: frame?.text?.split(/[ ,:]/)[0], lost: from === to });
            });
        }
        if (forwards) this.#stream(moment);
    }

    /** Called when sizes have changed and all is to be drawn again. */
    onMeasured = null;

    /** Takes the sizes from the page; to be called when they may have changed. */
    measure() {
        for (const { view } of this.#views) view.measure();
        this.flights.measure();
        this.#layLanes();
        this.#drawLanes();
        this.onMeasured?.(); // at once: a canvas of another size is an empty one
    }

    #viewOf(element) {
        const card = Number(element.dataset.card);
        const ring = Number(element.dataset.ring);
        const { kind } = this.timeline.document.cards[card].rings[ring];
        return { card, ring, element, view: new RingView(element.querySelector("canvas"), kind) };
    }

    /** The reader clicked at a ring. */
    clicked(event, c, r) {
        const { view, element } = this.#views.find(({ card, ring }) => card === c && ring === r);
        const corner = element.querySelector("canvas").getBoundingClientRect();
        const { size } = this.timeline.state.cards[c].rings[r];
        const index = view.indexAt(event.clientX - corner.left, event.clientY - corner.top, size);
        if (index >= 0) this.select(c, r, index);
    }

    /** The reader pressed a key in a ring. */
    keyed(event, c, r) {
        const { size } = this.timeline.state.cards[c].rings[r];
        const { card, ring, index } = this.selected();
        const now = card === c && ring === r ? index : 0;
        const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 8, PageDown: -8 }[event.key];
        if (size === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
        if (by) this.select(c, r, (now + by + size) % size);
        else if (event.key === "Home") this.select(c, r, 0);
        else if (event.key === "End") this.select(c, r, size - 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
    }

    // Where frames move, from where everything is in the page.
    #layLanes() {
        const origin = this.root.getBoundingClientRect();
        const boxOf = (element) => element.getBoundingClientRect();
        this.#lanes.clear();
        for (const { card, ring, view, element } of this.#views) {
            const nic = element.closest(".nic");
            const boxes = {
                canvas: boxOf(view.canvas),
                wire: boxOf(nic.querySelector(".wire")),
                board: boxOf(nic.querySelector(".board")),
                application: boxOf(this.stage.querySelector(".application")),
            };
            this.#lanes.set(`${card}:${ring}`, new Lane(origin, view, boxes, nic.classList.contains("left")));
        }
    }

    #drawLanes() {
        const { clientWidth: width, clientHeight: height } = this.canvas;
        this.canvas.width = Math.round(width * devicePixelRatio);
        this.canvas.height = Math.round(height * devicePixelRatio);
        const g = this.canvas.getContext("2d");
        g.scale(devicePixelRatio, devicePixelRatio);
        for (const lane of this.#lanes.values()) lane.draw(g);
    }

    /** The way of a frame; where it is on no ring yet, by the first one that it can come by. */
    #way(card, ring, from, to, offset) {
        const kind = from === "wire" ? "rx" : "tx";
        const index = ring >= 0 ? ring : this.timeline.document.cards[card].rings.findIndex((one) => one.kind === kind);
        const state = this.timeline.state.cards[card].rings[index];
        return this.#lanes.get(`${card}:${index}`)?.way(from, to, state, offset);
    }

    // Of a live program one knows only how many frames there were.
    #stream(moment) {
        for (const [kind, card, direction, count] of moment.x) {
            if (kind !== "moved" || count === 0) continue;
            const ring = this.timeline.document.cards[card].rings.findIndex((ring) => ring.kind === direction);
            const [from, to] = direction === "rx" ? ["wire", "application"] : ["application", "wire"];
            const way = this.#way(card, ring, from, to, -1);
            if (!way) continue;
            const dots = Math.min(MOST_STREAM, Math.ceil(Math.log10(count + 1)));
            for (let i = 0; i < dots; i++) this.flights.launch(way, 0.6, (0.05 * i) / dots, {});
        }
    }
}

/** By "card:ring", the descriptors that a moment changed. */
function changedDescriptors(moment) {
    const changed = new Map();
    for (const [kind, card, ring, index] of moment?.x ?? []) {
        if (kind !== "desc" && kind !== "frame") continue;
        const key = `${card}:${ring}`;
        if (!changed.has(key)) changed.set(key, []);
        const list = changed.get(key);
        if (list.length < MOST_CHANGED && list.at(-1) !== index) list.push(index);
    }
    return changed;
}
