import { html } from "ixy/lib/lit-html/lit-html.js";

const KEYS = [
    ["space, p", "play, pause"],
    ["← →", "one step back, one step on"],
    ["d, c", "to the next step of the driver, of the card"],
    ["− +", "slower, faster"],
    ["Home, End", "to the start, to the end (or to now)"],
    ["[ ]", "to the mistake before, to the next one"],
    ["1 to 6", "the tabs of the inspector"],
    ["/", "search a register"],
    ["t", "light, dark, as the system"],
];

/** How to read the page, and its keys. */
export function helpPanel() {
    return html`<h3>How to read it</h3>
        <p>
            Each circle is a ring of descriptors. It is read clockwise, from the top. The card works at <b>head</b>, and the
            driver hands descriptors over by moving <b>tail</b>. At <b>next</b> the driver looks for those that are done.
        </p>
        <ul class="key">
            <li><i class="own-card"></i> the card’s, from head to tail: handed over</li>
            <li><i class="own-ring"></i> done, from next to head: the card has finished them</li>
            <li><i class="own-pool"></i> the driver’s: not handed over</li>
            <li><i class="own-batch frame"></i> a frame, on its way or behind a descriptor</li>
        </ul>
        <p>
            A small light dot in a descriptor is its bit DD. A line along the inside marks what the moment changed. Click a
            descriptor to look into it.
        </p>
        <h3>Keys</h3>
        <table class="fields keys">
            ${KEYS.map(
                ([key, what]) =>
                    html`<tr>
                        <th scope="row">${key.split(/(, | to )/).map((part, i) => (i % 2 ? part : html`<kbd>${part}</kbd>`))}</th>
                        <td>${what}</td>
                    </tr>`,
            )}
        </table>
        <p>With a ring in focus, the arrow keys choose a descriptor of it.</p>`;
}
