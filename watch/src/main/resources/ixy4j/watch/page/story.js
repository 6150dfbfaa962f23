import { html } from "ixy/lib/lit-html.js";
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
        ${mistakes.map(([, , sentence, docs]) => mistake(sentence, docs, timeline.document))}
        <ul class="changes" aria-label="What it changed">
            ${changes(moment, timeline.document, chips, show)}
        </ul>`;
}

/** A mistake in the words of who noticed it, with the place in the docs that explains it. */
export function mistake(sentence, docs, document) {
    return html`<p class="mistake" role="alert"><strong>Mistake</strong> ${sentence} ${docs ? docsLink(docs, document) : ""}</p>`;
}

export function docsLink(docs, document) {
    const [file, anchor] = docs.split("#");
    const text = `docs/${file}${anchor ? ", " + anchor.replaceAll("-", " ") : ""}`;
    return document.docs
        ? html`<a class="docs" href=${document.docs + docs} target="_blank" rel="noopener noreferrer">${text}</a>`
        : html`<span class="docs">${text}</span>`;
}

function changes(moment, document, chips, show) {
    const told = [];
    const counted = new Map();
    for (const change of moment.x) {
        const text = told.length < MOST_CHANGES ? sentence(change, document, chips, show) : null;
        if (text) told.push(text);
        else if (COUNTED[change[0]]) counted.set(change[0], (counted.get(change[0]) ?? 0) + 1);
    }
    const rest = [...counted].map(([kind, n]) => `${n} ${COUNTED[kind]}${n === 1 ? "" : "s"}`);
    return [...told, ...(rest.length ? [html`<li class="rest">${rest.join(", ")}</li>`] : [])];
}

const COUNTED = { desc: "descriptor", frame: "frame", owner: "buffer", reg: "register", count: "counter" };

function sentence([kind, card, ...rest], document, chips, show) {
    if (kind === "reg") {
        const [offset, before, after] = rest;
        const { name } = chips[card]?.at(offset) ?? { name: hex32(offset) };
        const small = before < 4096 && after < 4096;
        const text = (value) => (small ? value : hex32(value));
        return html`<li><button type="button" @click=${() => show.register(card, offset)}><b>${name}</b> ${text(before)} → ${text(after)}</button></li>`;
    }
    if (kind === "ring") {
        const [ring, field, before, after] = rest;
        return html`<li><span><b>${ringName(document.cards[card].rings[ring])}</b> ${field} ${before ?? "none"} → ${after ?? "none"}</span></li>`;
    }
    return null;
}
