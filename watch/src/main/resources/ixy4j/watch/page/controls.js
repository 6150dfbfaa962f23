import { html, svg } from "ixy/lib/lit-html/lit-html.js";
import { number, time } from "ixy/text.js";

const icon = (path) => svg`<svg viewBox="0 0 16 16" aria-hidden="true"><path d=${path}></path></svg>`;

const ICONS = {
    start: "M3 3h2v10H3zM13 3v10L6 8z",
    back: "M11 3v10L4 8zM12 3h1.6v10H12z",
    play: "M4 2.5v11L13 8z",
    pause: "M4 3h3v10H4zM9 3h3v10H9z",
    step: "M5 3v10l7-5zM2.4 3H4v10H2.4z",
    now: "M11 3h2v10h-2zM3 3v10l7-5z",
    slower: "M3 7.2h10v1.6H3z",
    faster: "M3 7.2h4.2V3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3z",
};

/** The bar of time, and the buttons that move in it. */
export function controls({ timeline, player, gone, act }) {
    const { cursor, first, end } = timeline;
    const moment = timeline.current;
    return html`<div class="bar">
            <input
                type="range"
                class="time"
                min=${first}
                max=${Math.max(end, first + 1)}
                .value=${String(cursor)}
                aria-label="Moment"
                aria-valuetext=${moment ? `${cursor} of ${end}: ${moment.what}` : `${cursor} of ${end}: the start`}
                @input=${(event) => act(() => player.scrub(Number(event.target.value)))}
            />
            <div class="ticks" aria-hidden="true">${ticks(timeline)}</div>
        </div>
        <div class="buttons">
            <div class="group">
                ${button("To the start (Home)", "start", () => act(() => player.scrub(first)), cursor === first)}
                ${button("Step back (←)", "back", () => act(() => player.stepBack()), cursor === first)}
                ${button(player.playing ? "Pause (space)" : "Play (space)", player.playing ? "pause" : "play", () => act(() => player.toggle()), false, "play")}
                ${button("Step (→)", "step", () => act(() => player.step()), !player.stepped && cursor === end)}
                ${button(player.live ? "Go to now (End)" : "To the end (End)", "now", () => act(() => player.goToNow()), player.following || (!player.live && cursor === end), player.live && !player.following ? "call" : "")}
            </div>
            ${
                timeline.document.source === "live"
                    ? "" // samples are nobody's steps
                    : html`<div class="group words">
                          <button
                              type="button"
                              title="To the driver's next step (d)"
                              @click=${() => act(() => player.step("driver"))}
                          >
                              driver’s step
                          </button>
                          <button
                              type="button"
                              title="To the card's next step (c)"
                              @click=${() => act(() => player.step("card"))}
                          >
                              card’s step
                          </button>
                      </div>`
            }
            <div class="group speed" role="group" aria-label="Speed">
                ${button("Slower (−)", "slower", () => act(() => player.slower()))}
                <output>${number(player.rate)} <small>steps/s</small></output>
                ${button("Faster (+)", "faster", () => act(() => player.faster()))}
            </div>
            <p class="position">
                <b>${number(cursor)}</b> of ${number(end)}${moment ? html`<span class="t">, ${time(moment.t)}</span>` : ""}
            </p>
            ${player.trouble ? html`<p class="trouble" role="alert">${player.trouble}</p>` : ""}
            ${gone ? html`<p class="trouble" role="status">The program that is watched does not answer.</p>` : ""}
        </div>`;
}

function button(title, name, click, disabled = false, kind = "") {
    return html`<button
        type="button"
        class="icon ${kind}"
        title=${title}
        aria-label=${title}
        ?disabled=${disabled}
        @click=${click}
    >
        ${icon(ICONS[name])}
    </button>`;
}

// Where mistakes were named, on the bar of time.
function ticks({ mistakes, first, end }) {
    const length = Math.max(1, end - first);
    return mistakes.slice(-200).map(({ n }) => html`<i .style=${`left: ${(100 * (n + 1 - first)) / length}%`}></i>`);
}
