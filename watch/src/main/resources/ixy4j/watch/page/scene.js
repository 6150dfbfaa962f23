import { html, render } from "ixy/lib/lit-html/lit-html.js";
import { Flights } from "ixy/flights.js";
import { onColours, palette } from "ixy/palette.js";
import { ownerOf, RingView, shares } from "ixy/ring.js";
import { number, ringName, speed } from "ixy/text.js";

const MOST_BATCH = 64;
const MOST_CHANGED = 64; // of the descriptors that one moment changes, so many are marked
const DROPPED = ["dropped", "rx_dropped", "rx_missed"]; // by what a card calls them
const MOST_STREAM = 5; // dots for all frames of a sample of a live program, in each direction

/** Where a frame comes by on its way between a wire and the application; "edge" is where it enters that. */
const ORDER = ["wire", "card", "outside", "ring", "inside", "edge", "application"];

/** The cards with their rings and wires, the application between them, and the frames that move. */
export class Scene {
    #views = []; // { card, ring, view, element }
    #shown = "";
    #geometry = new Map();

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
        this.lanes = root.querySelector(".lanes");
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
        const selected = this.selected();
        const { cards } = this.timeline.document;
        const half = Math.ceil(cards.length / 2);
        const card = (c) => this.#card(c, c < half ? "left" : "right", selected);
        const indexes = cards.map((_, c) => c);
        render(
            html`<div class="side">${indexes.slice(0, half).map(card)}</div>
                ${this.#application()}
                <div class="side">${indexes.slice(half).map(card)}</div>`,
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
        this.#place();
        this.#drawLanes();
        this.onMeasured?.(); // at once: a canvas of another size is an empty one
    }

    #card(c, side, selected) {
        const { document, state } = this.timeline;
        const card = document.cards[c];
        const { link, rings, counters } = state.cards[c];
        const counter = (name) => (counters.has(name) ? number(counters.get(name)) : "0");
        const dropped = DROPPED.reduce((sum, name) => sum + (counters.get(name) ?? 0), 0);
        const mistakes = (this.timeline.current?.x ?? []).filter(([kind, at]) => kind === "mistake" && at === c);
        const shown = card.rings.map((_, r) => r).filter((r) => rings[r].size > 0 || card.rings[r].queue === 0);
        return html`<article
            class="nic ${side} ${mistakes.length ? "mistaken" : ""}"
            data-card=${c}
            aria-label=${`Card ${card.name}`}
        >
            <div class="wire ${link ? "up" : "down"}"><span>${link ? "wire" : "no link"}</span></div>
            <div class="board">
                <header>
                    <h2>${card.name}</h2>
                    ${card.mac ? html`<span class="mac">${card.mac}</span>` : ""}
                    <span class="link ${link ? "up" : "down"}">${speed(link)}</span>
                </header>
                <div class="rings ${shown.length > 2 ? "many" : ""}">
                    ${shown.length ? shown.map((r) => this.#ring(c, r, selected, mistakes)) : html`<p class="plain">No registers here that could be watched: link and counters only.</p>`}
                </div>
                <footer>
                    <span><b>${counter("rx_packets")}</b> received</span>
                    <span><b>${counter("tx_packets")}</b> sent</span>
                    <span class=${dropped ? "bad" : ""}><b>${number(dropped)}</b> dropped</span>
                </footer>
            </div>
        </article>`;
    }

    #ring(c, r, selected, mistakes) {
        const info = this.timeline.document.cards[c].rings[r];
        const ring = this.timeline.state.cards[c].rings[r];
        const chosen = selected.card === c && selected.ring === r;
        const queue = `${info.kind === "rx" ? "receive" : "transmit"} queue ${info.queue}:`;
        const mistaken = mistakes.some(([, , sentence]) => sentence.includes(queue));
        const { card, done } = shares(ring);
        const now = chosen ? Math.min(selected.index, Math.max(ring.size - 1, 0)) : 0;
        const said = ring.size
            ? `${ring.size} descriptors: head ${ring.head}, tail ${ring.tail}, next ${ring.next}; ${card} are the card's, ${done} done` +
              (chosen
                  ? `; descriptor ${now} is ${{ card: "the card's", done: "done", driver: "the driver's" }[ownerOf(ring, now)]}`
                  : "")
            : "no ring yet";
        return html`<div
            class="ring ${chosen ? "chosen" : ""} ${mistaken ? "mistaken" : ""}"
            data-card=${c}
            data-ring=${r}
            tabindex="0"
            role="slider"
            aria-label=${`${this.timeline.document.cards[c].name}, ${ringName(info)}`}
            aria-valuemin="0"
            aria-valuemax=${Math.max(ring.size - 1, 0)}
            aria-valuenow=${now}
            aria-valuetext=${said}
            @click=${(event) => this.#clicked(event, c, r)}
            @keydown=${(event) => this.#keyed(event, c, r)}
        >
            <canvas aria-hidden="true"></canvas>
            <div class="hub">
                <strong>${info.kind === "rx" ? "receive" : "transmit"} ${info.queue}</strong>
                ${
                    ring.size
                        ? html`<span class="size">${ring.size} descriptors${ring.enabled ? "" : ", off"}</span>
                              <span class="hands"
                                  ><i>head</i><b>${ring.head}</b><i>tail</i><b>${ring.tail}</b><i>next</i
                                  ><b>${ring.next}</b></span
                              >`
                        : html`<span class="size">no ring yet</span>`
                }
            </div>
        </div>`;
    }

    #application() {
        const { document, state } = this.timeline;
        const owned = { pool: 0, batch: 0, card: 0, ring: 0 };
        for (const owner of state.owners.values()) owned[owner.split(":")[0]]++;
        const all = document.pool?.buffers ?? 0;
        owned.pool = all - owned.batch - owned.card - owned.ring; // what was never told of is where it began
        return html`<div class="application">
            <h2>Application</h2>
            ${
                all
                    ? html`<div class="batch">
                              <h3>batch <b>${owned.batch}</b></h3>
                              <div class="squares" aria-hidden="true">
                                  ${Array.from({ length: Math.min(owned.batch, MOST_BATCH) }, () => html`<i></i>`)}
                              </div>
                          </div>
                          <div class="pool">
                              <h3>buffers <b>${number(all)}</b></h3>
                              <div class="shares" aria-hidden="true">
                                  ${["card", "ring", "batch", "pool"].map((kind) => html`<i class=${`own-${kind}`} .style=${`flex-grow: ${owned[kind]}`}></i>`)}
                              </div>
                              <dl>
                                  <dt class="own-card">with cards</dt>
                                  <dd>${number(owned.card)}</dd>
                                  <dt class="own-ring">in rings</dt>
                                  <dd>${number(owned.ring)}</dd>
                                  <dt class="own-batch">in a batch</dt>
                                  <dd>${number(owned.batch)}</dd>
                                  <dt class="own-pool">in the pool</dt>
                                  <dd>${number(owned.pool)}</dd>
                              </dl>
                          </div>`
                    : html`<p class="plain">Its buffers cannot be seen from here.</p>`
            }
        </div>`;
    }

    #viewOf(element) {
        const card = Number(element.dataset.card);
        const ring = Number(element.dataset.ring);
        const { kind } = this.timeline.document.cards[card].rings[ring];
        return { card, ring, element, view: new RingView(element.querySelector("canvas"), kind) };
    }

    #clicked(event, c, r) {
        const { view, element } = this.#views.find(({ card, ring }) => card === c && ring === r);
        const corner = element.querySelector("canvas").getBoundingClientRect();
        const { size } = this.timeline.state.cards[c].rings[r];
        const index = view.indexAt(event.clientX - corner.left, event.clientY - corner.top, size);
        if (index >= 0) this.select(c, r, index);
    }

    #keyed(event, c, r) {
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

    // ---- Where things are

    #place() {
        const origin = this.root.getBoundingClientRect();
        const application = boxOf(this.stage.querySelector(".application"), origin);
        this.#geometry.clear();
        for (const { card, ring, view, element } of this.#views) {
            const article = element.closest(".nic");
            const canvas = boxOf(element.querySelector("canvas"), origin);
            const centre = { x: canvas.left + view.centre.x, y: canvas.top + view.centre.y };
            const wire = boxOf(article.querySelector(".wire"), origin);
            const board = boxOf(article.querySelector(".board"), origin);
            const upright = wire.width > wire.height; // one card above the other: wires at the top and the bottom
            const first = article.classList.contains("left");
            const on = (box, outer) =>
                lanePoint(centre, upright, first === outer ? (upright ? box.top : box.left) : upright ? box.bottom : box.right);
            const rim = (sign) =>
                lanePoint(centre, upright, (upright ? centre.y : centre.x) + (first ? -sign : sign) * (view.outer + 2));
            this.#geometry.set(`${card}:${ring}`, {
                wayRound: (point, index, size) => {
                    const moved = (by, { x, y }) => ({ x: x + by * canvas.left, y: y + by * canvas.top });
                    return view.wayRound(moved(-1, point), index, size).map((at) => moved(1, at));
                },
                upright,
                wire: on(wire, true),
                card: on(board, true),
                leaves: on(board, false),
                outside: rim(1),
                inside: rim(-1),
                edge: on(application, true),
                application: lanePoint(
                    centre,
                    upright,
                    upright ? (application.top + application.bottom) / 2 : (application.left + application.right) / 2,
                ),
                received: view.kind === "rx",
            });
        }
    }

    #drawLanes() {
        const { lanes } = this;
        lanes.width = Math.round(lanes.clientWidth * devicePixelRatio);
        lanes.height = Math.round(lanes.clientHeight * devicePixelRatio);
        const g = lanes.getContext("2d");
        g.scale(devicePixelRatio, devicePixelRatio);
        g.strokeStyle = g.fillStyle = palette().lane;
        for (const { wire, card, leaves, outside, inside, edge, application, received, upright } of this.#geometry.values()) {
            g.lineWidth = 3;
            line(g, wire, card);
            g.lineWidth = 1.5;
            line(g, card, outside);
            line(g, inside, edge);
            g.setLineDash([2, 5]); // through the application, where there is no lane but a program
            line(g, edge, application);
            g.setLineDash([]);
            const [first, second] = upright
                ? [
                      [wire, card],
                      [leaves, edge],
                  ]
                : [
                      [card, outside],
                      [inside, edge],
                  ]; // where no text is
            arrow(g, ...(received ? first : first.toReversed()));
            arrow(g, ...(received ? second : second.toReversed()));
        }
    }

    /** The way of a frame: the offset says how far before or behind the hand its descriptor is. */
    #way(card, ring, from, to, offset) {
        const known = this.timeline.document.cards[card].rings;
        const lane = ring >= 0 ? ring : known.findIndex(({ kind }) => kind === (from === "wire" ? "rx" : "tx"));
        const place = this.#geometry.get(`${card}:${lane}`);
        if (!place) return null;
        const [a, b] = [ORDER.indexOf(from), ORDER.indexOf(to)];
        if (a < 0 || b < 0) return null;
        if (a === b) return [place.wire, between(place.wire, place.card)]; // lost on the wire
        const stops = a <= b ? ORDER.slice(a, b + 1) : ORDER.slice(b, a + 1).reverse();
        const hand = place.received
            ? stops.includes("application")
                ? "next"
                : "head"
            : stops.includes("application")
              ? "tail"
              : "head";
        const state = this.timeline.state.cards[card].rings[lane];
        return stops.flatMap((stop, i) => {
            if (stop !== "ring") return [place[stop]];
            if (state.size === 0) return [];
            const round = (end) => place.wayRound(place[end], state[hand] + offset, state.size);
            return [...(i > 0 ? round(stops[i - 1]) : []), ...(i < stops.length - 1 ? round(stops[i + 1]).reverse() : [])];
        });
    }

    // Of a live program one knows only how many frames there were.
    #stream(moment) {
        for (const [kind, card, direction, count] of moment.x) {
            if (kind !== "moved" || count === 0) continue;
            const ring = this.timeline.document.cards[card].rings.findIndex((ring) => ring.kind === direction);
            const [from, to] = direction === "rx" ? ["wire", "application"] : ["application", "wire"];
            const way = ring < 0 ? null : this.#way(card, ring, from, to, -1);
            if (!way) continue;
            const dots = Math.min(MOST_STREAM, Math.ceil(Math.log10(count + 1)));
            for (let i = 0; i < dots; i++) this.flights.launch(way, 0.6, (0.05 * i) / dots, {});
        }
    }
}

function boxOf(element, origin) {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    return {
        left: left - origin.left,
        top: top - origin.top,
        right: right - origin.left,
        bottom: bottom - origin.top,
        width,
        height,
    };
}

const lanePoint = (centre, upright, along) => (upright ? { x: centre.x, y: along } : { x: along, y: centre.y });

const between = (from, to) => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });

function line(g, from, to) {
    g.beginPath();
    g.moveTo(from.x, from.y);
    g.lineTo(to.x, to.y);
    g.stroke();
}

function arrow(g, from, to) {
    const middle = between(from, to);
    g.save();
    g.translate(middle.x, middle.y);
    g.rotate(Math.atan2(to.y - from.y, to.x - from.x));
    g.beginPath();
    g.moveTo(5, 0);
    g.lineTo(-4, -4.5);
    g.lineTo(-4, 4.5);
    g.closePath();
    g.fill();
    g.restore();
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
