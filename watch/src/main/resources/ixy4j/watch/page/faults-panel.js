import { html } from "ixy/lib/lit-html/lit-html.js";
import { docsLink } from "ixy/story.js";

const KINDS = [
    { kind: "driver", title: "Mistakes of a driver" },
    { kind: "card", title: "Faults of the card" },
    { kind: "wire", title: "Faults of the wire" },
];

/** Switches for what can be broken, and what was noticed up to the cursor. */
export function faultsPanel(page) {
    const { timeline, player } = page;
    const { faults } = timeline.document;
    const noticed = timeline.mistakes.filter(({ n }) => n < timeline.cursor);
    return html`${player.stepped ? "" : html`<p class="plain">${explain(page)}</p>`}
        ${KINDS.map(({ kind, title }) =>
            group(
                page,
                title,
                faults.filter((fault) => fault.kind === kind),
            ),
        )}
        ${player.stepped ? html`<p><button type="button" class="wide" @click=${() => page.act(() => player.ask({ do: "restart" }))}>Begin anew, all well</button></p>` : ""}
        <h3>What was noticed</h3>
        ${noticed.length === 0 ? html`<p class="plain">No mistake so far.</p>` : ""}
        <ol class="noticed">
            ${noticed
                .slice(-30)
                .reverse()
                .map(
                    ({ n, card, text, docs }) =>
                        html`<li>
                            <button type="button" class="plainly" @click=${() => page.show.moment(n + 1)}>moment ${n}</button>
                            ${timeline.document.cards[card]?.name ?? ""}: ${text} ${docs ? docsLink(docs, timeline.document) : ""}
                        </li>`,
                )}
        </ol>`;
}

function explain({ timeline, player }) {
    if (timeline.document.source !== "stepped")
        return "What runs here is a program of its own, and nothing is broken from this page.";
    return player.feed.recorded
        ? "A recording: what was switched on then is lit as it plays. In ./ixy watch these are switches."
        : "";
}

function group(page, title, faults) {
    if (faults.length === 0) return "";
    const { timeline, player } = page;
    return html`<h3>${title}</h3>
        ${faults.map(({ name, title, text, docs }) => {
            const on = timeline.state.faults.has(name);
            return html`<div class="fault ${on ? "on" : ""}">
                <button
                    type="button"
                    role="switch"
                    aria-checked=${on}
                    ?disabled=${!player.stepped}
                    data-fault=${name}
                    @click=${() => page.act(() => player.fault(name, !on))}
                >
                    ${title}
                </button>
                <p>${text} ${docs ? docsLink(docs, timeline.document) : ""}</p>
            </div>`;
        })}`;
}
