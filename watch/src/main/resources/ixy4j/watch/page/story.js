import { html } from "ixy/lib/lit-html/lit-html.js";
import { hex32, ringName, time } from "ixy/text.js";

const MOST_CHANGES = 6;

/** What happened at the cursor: who did it, the sentence, the line of code, and what it changed. */
export function story({ timeline, player, chips, show }) {
    const moment = timeline.current;
    if (!moment) {
        return html`<p class="head"><span class="who">start</span></p>
            <p class="what" aria-live="polite">Nothing has happened yet. Press play, or take one step.</p>`;
    }
    const calm = !player.playing || player.rate <= 2; // a screen reader cannot say more than that
    const card = moment.card === undefined ? null : timeline.document.cards[moment.card];
    const mistakes = moment.x.filter(([kind]) => kind === "mistake");
    return html`<p class="head">
            <span class="who who-${moment.who}">${moment.who}</span>
            ${card ? html`<span class="where">${card.name}</span>` : ""}
            <span class="when">moment ${moment.n}, ${time(moment.t)}</span>
            ${moment.src ? html`<code class="src">${moment.src}</code>` : ""}
        </p>
        <p class="what" aria-live=${calm ? "polite" : "off"}>${moment.what}</p>
        ${mistakes.map(([, , sentence, docs]) => mistake(sentence, docs, timeline.document, calm))}
        <ul class="changes" aria-label="What it changed">
            ${changes(moment, timeline.document, chips, show)}
        </ul>`;
}

/** A mistake in the words of who noticed it, with the place in the docs that explains it. */
function mistake(sentence, docs, document, calm) {
    return html`<p class="mistake" role=${calm ? "alert" : "note"}>
        <strong>Mistake</strong> ${sentence} ${docs ? docsLink(docs, document) : ""}
    </p>`;
}

export function docsLink(docs, document) {
    const [file, anchor] = docs.split("#");
    const text = `docs/${file}${anchor ? ", " + anchor.replaceAll("-", " ") : ""}`;
    return document.docs
        ? html`<a class="docs" href=${document.docs + docs} target="_blank" rel="noopener noreferrer">${text}</a>`
        : html`<span class="docs">${text}</span>`;
}

function changes(moment, document, chips, show) {
    const shown = joined(moment.x);
    const told = shown.slice(0, MOST_CHANGES).map((change) => sentence(change, document, chips, show));
    const counted = new Map();
    for (const [kind] of [...shown.slice(MOST_CHANGES), ...moment.x.filter(([kind]) => !TOLD.has(kind))]) {
        if (COUNTED[kind]) counted.set(kind, (counted.get(kind) ?? 0) + 1);
    }
    const rest = [...counted].map(([kind, n]) => `${n} ${COUNTED[kind]}${n === 1 ? "" : "s"}`);
    return [...told, ...(rest.length ? [html`<li class="rest">${rest.join(", ")}</li>`] : [])];
}

// Of several changes of one register or hand: from the first value to the last one.
function joined(all) {
    const places = new Map();
    for (const change of all.filter(([kind]) => TOLD.has(kind))) {
        const place = change.slice(0, -2).join(":");
        const first = places.get(place);
        places.set(place, first ? [...first.slice(0, -1), change.at(-1)] : change);
    }
    return [...places.values()].filter((change) => change.at(-2) !== change.at(-1));
}

const TOLD = new Set(["reg", "ring"]);
const COUNTED = {
    reg: "more register",
    ring: "more hand",
    desc: "descriptor",
    frame: "frame",
    owner: "buffer",
    count: "counter",
};

function sentence([kind, card, ...rest], document, chips, show) {
    if (kind === "reg") {
        const [offset, before, after] = rest;
        const { name } = chips[card]?.at(offset) ?? { name: hex32(offset) };
        const small = before < 4096 && after < 4096;
        const text = (value) => (small ? value : hex32(value));
        return html`<li>
            <button type="button" @click=${() => show.register(card, offset)}>
                <b>${name}</b> ${text(before)} → ${text(after)}
            </button>
        </li>`;
    }
    const [ring, field, before, after] = rest;
    return html`<li>
        <span><b>${ringName(document.cards[card].rings[ring])}</b> ${field} ${before} → ${after}</span>
    </li>`;
}
