import { html } from "ixy/lib/lit-html/lit-html.js";
import { decode } from "ixy/bits.js";
import { bytesOf, layers, printable } from "ixy/packet.js";
import { ownerOf } from "ixy/ring.js";
import { number, ringName } from "ixy/text.js";

const OWNERS = {
    rx: {
        card: "The card’s: handed over, not filled yet.",
        done: "Done: the card has filled its buffer, nobody has taken it yet.",
        driver: "The driver’s: not handed over.",
    },
    tx: {
        card: "The card’s: handed over, not sent yet.",
        done: "Done: it was sent, its buffer is not freed yet.",
        driver: "The driver’s: free for the next frame.",
    },
};

/** The selected descriptor: whose it is, its two words bit by bit, and the frame behind it. */
export function descriptorPanel(page) {
    const { timeline, selected } = page;
    const { cards } = timeline.document;
    if (!cards.some(({ rings }) => rings.length > 0)) {
        return html`<p class="plain">These cards have no descriptors that could be seen from here.</p>`;
    }
    const info = cards[selected.card].rings[selected.ring];
    const ring = timeline.state.cards[selected.card].rings[selected.ring];
    return html`${chooser(page, ring)}
    ${
        ring.size === 0
            ? html`<p class="plain">There is no ${ringName(info)} yet: the driver has not told the card of one.</p>`
            : descriptor(page, info, ring, Math.min(selected.index, ring.size - 1))
    }`;
}

function chooser({ timeline, selected, show, follow }, ring) {
    const { cards } = timeline.document;
    const all = cards.flatMap((card, c) => card.rings.map((info, r) => ({ c, r, text: `${card.name} ${ringName(info)}`, info })));
    const there = all.filter(({ c, r, info }) => info.queue === 0 || timeline.state.cards[c].rings[r].size > 0);
    return html`<div class="chooser">
        <select aria-label="Ring" @change=${(event) => show.descriptor(...event.target.value.split(":").map(Number), 0)}>
            ${there.map(({ c, r, text }) => html`<option value=${`${c}:${r}`} ?selected=${c === selected.card && r === selected.ring} .selected=${c === selected.card && r === selected.ring}>${text}</option>`)}
        </select>
        <input
            type="number"
            aria-label="Descriptor"
            min="0"
            max=${Math.max(0, ring.size - 1)}
            .value=${String(selected.index)}
            @change=${(event) => show.descriptor(selected.card, selected.ring, clamp(event.target.value, ring.size))}
        />
        <label><input type="checkbox" .checked=${follow} @change=${(event) => show.follow(event.target.checked)} /> follow</label>
    </div>`;
}

const clamp = (text, size) => Math.max(0, Math.min(Number(text) || 0, size - 1));

function descriptor(page, info, ring, index) {
    const text = ring.descriptors[index];
    const before = changeOf(page, index);
    return html`<p class="whose ${ownerOf(ring, index)}"><b>${index}</b> ${OWNERS[info.kind][ownerOf(ring, index)]}</p>
        ${text == null ? html`<p class="plain">What stands in it is not known yet.</p>` : words(info.kind, text, before)}
        ${frame(page, ring.frames[index])}`;
}

// What this descriptor was before the moment at the cursor, if that changed it.
function changeOf({ timeline, selected }, index) {
    const change = timeline.current?.x.find(
        ([kind, card, ring, at]) => kind === "desc" && card === selected.card && ring === selected.ring && at === index,
    );
    return change?.[4] ?? null;
}

function words(kind, text, before) {
    const now = decode(kind, text);
    const was = before === null ? null : decode(kind, before);
    const same = was?.format === now.format;
    const valueBefore = (field, i) => (same && was.fields[i].value !== field.value ? was.fields[i].value : null);
    const tells = (field, i) => field.value !== 0n || valueBefore(field, i) !== null;
    const zero = now.fields.filter((field, i) => !tells(field, i));
    return html`<h3>${now.format} <small>datasheet ${now.section}</small></h3>
        ${[0, 1].map((word) => strip(word, now.words[word], was?.words[word]))}
        <table class="fields words">
            <caption class="unseen">
                Fields of the descriptor
            </caption>
            ${now.fields.map((field, i) => (tells(field, i) ? fieldRow(field, valueBefore(field, i)) : ""))}
        </table>
        ${zero.length ? html`<p class="zeros"><b>0:</b> ${zero.map(({ name, what }, i) => html`${i ? ", " : ""}<span title=${what}>${name}</span>`)}</p>` : ""}`;
}

// A word as 64 bits, the highest first, in bytes.
function strip(word, value, before) {
    const digits = value.toString(16).padStart(16, "0");
    const bits = value.toString(2).padStart(64, "0");
    const changed = before === undefined ? 0n : before ^ value;
    return html`<div class="word">
        <code>+${word * 8}</code>
        <div class="bits" aria-hidden="true">
            ${[...bits].map((bit, i) => html`<i class="${bit === "1" ? "one" : ""} ${(changed >> BigInt(63 - i)) & 1n ? "now" : ""}"></i>`)}
        </div>
        <code class="digits">${digits.slice(0, 8)} ${digits.slice(8)}</code>
        ${changed ? html`<code class="digits was"><span class="unseen">before: </span>${before.toString(16).padStart(16, "0").replace(/^.{8}/, "$& ")}</code>` : ""}
    </div>`;
}

function fieldRow({ word, high, low, name, what, value }, before) {
    const wide = high - low >= 31;
    const show = (number) => (wide ? "0x" + number.toString(16) : number.toString());
    return html`<tr class=${before === null ? "" : "now"}>
        <th scope="row">${name}<small>+${word * 8} ${high === low ? low : `${high}:${low}`}${what ? `, ${what}` : ""}</small></th>
        <td class="value">${before === null ? "" : html`<s>${show(before)}</s> `}${show(value)}</td>
    </tr>`;
}

function frame(page, frame) {
    if (!frame) return html`<p class="plain">No frame is behind it.</p>`;
    const bytes = bytesOf(frame.hex);
    const decoded = layers(bytes);
    const mark = page.marked;
    const over = (field) => () => page.show.bytes(field);
    return html`<h3>${frame.text} <small>${number(frame.len)} bytes</small></h3>
        ${decoded.map(
            (layer, i) =>
                html`<details class="layer" ?open=${i > 0 && layer.name !== "Padding"}>
                    <summary>
                        <i class=${`tint-${i % 5}`}></i>${layer.name}
                        <small>${layer.end - layer.start} bytes at ${layer.start}</small>
                    </summary>
                    <table class="fields">
                        ${layer.fields.map(
                            (field) =>
                                html`<tr @pointerenter=${over(field)} @pointerleave=${over(null)}>
                                    <th scope="row">${field.name}</th>
                                    <td class="value">${field.text}</td>
                                </tr>`,
                        )}
                    </table>
                </details>`,
        )}
        ${dump(bytes, decoded, mark)}
        ${frame.len > bytes.length ? html`<p class="plain">${number(frame.len - bytes.length)} more bytes are not shown.</p>` : ""}`;
}

function dump(bytes, decoded, mark) {
    const layerAt = (i) => decoded.findIndex(({ start, end }) => i >= start && i < end);
    const lines = [];
    for (let at = 0; at < bytes.length; at += 16) {
        const part = bytes.subarray(at, at + 16);
        lines.push(
            html`<div>
                <b>${at.toString(16).padStart(4, "0")}</b
                ><span class="hex"
                    >${[...part].map((byte, i) => {
                        const marked = mark && at + i >= mark.start && at + i < mark.end;
                        const layer = layerAt(at + i);
                        return html`<i class="${layer >= 0 ? `tint-${layer % 5}` : ""} ${marked ? "marked" : ""}"
                            >${byte.toString(16).padStart(2, "0")}</i
                        >`;
                    })}</span
                ><span class="letters">${printable(part)}</span>
            </div>`,
        );
    }
    return html`<div class="dump" role="img" aria-label="The bytes of the frame, in hexadecimal">${lines}</div>`;
}
