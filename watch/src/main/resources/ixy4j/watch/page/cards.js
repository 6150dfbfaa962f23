import { html } from "ixy/lib/lit-html/lit-html.js";
import { ownerOf, shares } from "ixy/ring.js";
import { number, ringName, speed } from "ixy/text.js";

const MOST_BATCH = 64;
const DROPPED = ["dropped", "rx_dropped", "rx_missed"]; // by what a card calls them
const OWNERS = { card: "the card’s", done: "done", driver: "the driver’s" };

/** A card: its wire, name, link, rings and what it has counted. */
export function card(scene, c, side) {
    const info = scene.timeline.document.cards[c];
    const { link, rings, counters } = scene.timeline.state.cards[c];
    const count = (name) => counters.get(name) ?? 0;
    const dropped = DROPPED.reduce((sum, name) => sum + count(name), 0);
    const mistakes = (scene.timeline.current?.x ?? []).filter(([kind, at]) => kind === "mistake" && at === c);
    const shown = info.rings.map((_, r) => r).filter((r) => rings[r].size > 0 || info.rings[r].queue === 0);
    return html`<article class="nic ${side} ${mistakes.length ? "mistaken" : ""}" aria-label=${`Card ${info.name}`}>
        <div class="wire ${link ? "up" : "down"}"><span>${link ? "wire" : "no link"}</span></div>
        <div class="board">
            <header>
                <h2>${info.name}</h2>
                ${info.mac ? html`<span class="mac">${info.mac}</span>` : ""}
                <span class="link ${link ? "up" : "down"}">${speed(link)}</span>
            </header>
            <div class="rings ${shown.length > 2 ? "many" : ""}">
                ${shown.map((r) => ring(scene, c, r, mistakes))}
                ${shown.length ? "" : html`<p class="plain">No registers that could be watched: link and counters only.</p>`}
            </div>
            <footer>
                <span><b>${number(count("rx_packets"))}</b> received</span>
                <span><b>${number(count("tx_packets"))}</b> sent</span>
                <span class=${dropped ? "bad" : ""}><b>${number(dropped)}</b> dropped</span>
            </footer>
        </div>
    </article>`;
}

// A slider to those who cannot see it: its value is the descriptor that is chosen.
function ring(scene, c, r, mistakes) {
    const { cards } = scene.timeline.document;
    const info = cards[c].rings[r];
    const state = scene.timeline.state.cards[c].rings[r];
    const selected = scene.selected();
    const chosen = selected.card === c && selected.ring === r;
    const index = chosen ? Math.min(selected.index, Math.max(state.size - 1, 0)) : 0;
    const kind = info.kind === "rx" ? "receive" : "transmit";
    const mistaken = mistakes.some(([, , sentence]) => sentence.includes(`${kind} queue ${info.queue}:`));
    return html`<div
        class="ring ${chosen ? "chosen" : ""} ${mistaken ? "mistaken" : ""}"
        data-card=${c}
        data-ring=${r}
        tabindex="0"
        role="slider"
        aria-label=${`${cards[c].name}, ${ringName(info)}`}
        aria-valuemin="0"
        aria-valuemax=${Math.max(state.size - 1, 0)}
        aria-valuenow=${index}
        aria-valuetext=${inWords(state, chosen ? index : -1)}
        @click=${(event) => scene.clicked(event, c, r)}
        @keydown=${(event) => scene.keyed(event, c, r)}
    >
        <canvas aria-hidden="true"></canvas>
        <div class="hub"><strong>${kind} ${info.queue}</strong>${hub(state)}</div>
    </div>`;
}

function hub({ size, enabled, head, tail, next }) {
    if (size === 0) return html`<span class="size">no ring yet</span>`;
    const hand = (name, value) => html`<i>${name}</i><b>${value}</b>`;
    return html`<span class="size">${size} descriptors${enabled ? "" : ", off"}</span>
        <span class="hands">${hand("head", head)}${hand("tail", tail)}${hand("next", next)}</span>`;
}

function inWords(ring, index) {
    if (ring.size === 0) return "no ring yet";
    const { card, done } = shares(ring);
    const hands = `head ${ring.head}, tail ${ring.tail}, next ${ring.next}`;
    const chosen = index < 0 ? "" : `; descriptor ${index} is ${OWNERS[ownerOf(ring, index)]}`;
    return `${ring.size} descriptors: ${hands}; ${card} are the card’s, ${done} done${chosen}`;
}

/** The application between the cards: its batch, and who has the buffers of its pool. */
export function application({ timeline }) {
    const all = timeline.document.pool?.buffers ?? 0;
    if (all === 0) {
        return html`<div class="application">
            <h2>Application</h2>
            <p class="plain">Its buffers cannot be seen from here.</p>
        </div>`;
    }
    const owned = { card: 0, ring: 0, batch: 0, pool: 0 };
    for (const owner of timeline.state.owners.values()) owned[owner.split(":")[0]]++;
    owned.pool = all - owned.batch - owned.card - owned.ring; // what was never told of is where it began
    const squares = Array.from({ length: Math.min(owned.batch, MOST_BATCH) }, () => html`<i></i>`);
    return html`<div class="application">
        <h2>Application</h2>
        <div class="batch">
            <h3>batch <b>${owned.batch}</b></h3>
            <div class="squares" aria-hidden="true">${squares}</div>
        </div>
        <div class="pool">
            <h3>buffers <b>${number(all)}</b></h3>
            <div class="shares" aria-hidden="true">
                ${Object.entries(owned).map(([whose, n]) => html`<i class=${`own-${whose}`} .style=${`flex-grow: ${n}`}></i>`)}
            </div>
            <dl>
                ${Object.entries(owned).map(
                    ([whose, n]) =>
                        html`<dt class=${`own-${whose}`}>${PLACES[whose]}</dt>
                            <dd>${number(n)}</dd>`,
                )}
            </dl>
        </div>
    </div>`;
}

const PLACES = { card: "with cards", ring: "in rings", batch: "in a batch", pool: "in the pool" };
