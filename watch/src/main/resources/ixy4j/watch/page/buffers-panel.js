import { html } from "ixy/lib/lit-html/lit-html.js";
import { number, ownerName } from "ixy/text.js";

const MOST_SQUARES = 2048;

/** Each buffer of the pool as a square, by who owns it. */
export function buffersPanel({ timeline }) {
    const { pool, cards } = timeline.document;
    if (!pool) return html`<p class="plain">The buffers of this program cannot be seen from here.</p>`;
    const ownerAt = (buffer) => timeline.state.owners.get(buffer) ?? "pool";
    const counted = new Map();
    for (let buffer = 0; buffer < pool.buffers; buffer++) counted.set(ownerAt(buffer), (counted.get(ownerAt(buffer)) ?? 0) + 1);
    const now = new Set((timeline.current?.x ?? []).filter(([kind]) => kind === "owner").map(([, buffer]) => buffer));
    const shown = Math.min(pool.buffers, MOST_SQUARES);
    return html`<p class="plain">
            ${number(pool.buffers)} buffers of ${number(pool.size)} bytes. Each is a square; who owns it gives its colour.
        </p>
        <div class="grid" aria-hidden="true">
            ${Array.from({ length: shown }, (_, buffer) => html`<i class="own-${ownerAt(buffer).split(":")[0]} ${now.has(buffer) ? "now" : ""}" title=${`buffer ${buffer}: ${ownerAt(buffer)}`}></i>`)}
        </div>
        ${shown < pool.buffers ? html`<p class="plain">${number(pool.buffers - shown)} more are not drawn.</p>` : ""}
        <table class="fields owners">
            <caption class="unseen">
                Buffers by owner
            </caption>
            ${[...counted].sort().map(
                ([owner, n]) =>
                    html`<tr>
                        <td><i class=${`own-${owner.split(":")[0]}`}></i></td>
                        <th scope="row">${ownerName(owner, cards)}</th>
                        <td class="value number">${number(n)}</td>
                    </tr>`,
            )}
        </table>`;
}
