import { html } from "ixy/lib/lit-html/lit-html.js";
import { counterName, number } from "ixy/text.js";

/** What each card counts, with a chart of its packets over time. */
export function countersPanel({ timeline, charts }) {
    const live = timeline.document.source === "live";
    return html`${timeline.document.cards.map(
        (card, c) =>
            html`<section class="counted">
                <h3>
                    ${card.name}
                    <small class="legend"
                        ><i class="own-ring"></i>received <i class="own-card"></i>sent${live ? " in a second" : ""}</small
                    >
                </h3>
                <div class="chart" data-card=${c}>${charts.element(c)}</div>
                ${counters(timeline, c)}
            </section>`,
    )}`;
}

function counters(timeline, c) {
    const all = [...timeline.state.cards[c].counters].filter(([, value]) => value !== 0);
    const now = new Set(
        (timeline.current?.x ?? []).filter(([kind, card]) => kind === "count" && card === c).map(([, , name]) => name),
    );
    if (all.length === 0) return html`<p class="plain">Nothing was counted yet.</p>`;
    return html`<table class="fields">
        ${all.map(
            ([name, value]) =>
                html`<tr class=${now.has(name) ? "now" : ""}>
                    <th scope="row">${counterName(name)}</th>
                    <td class="value number">${number(value)}</td>
                </tr>`,
        )}
    </table>`;
}
