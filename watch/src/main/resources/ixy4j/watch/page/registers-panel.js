import { html } from "ixy/lib/lit-html/lit-html.js";
import { bitRange, fieldOf, fieldsSet } from "ixy/bits.js";
import { hex32 } from "ixy/text.js";

const MOST_ROWS = 400;

const ACCESS = {
    RW: "read and write",
    RO: "read only",
    WO: "write only",
    RC: "cleared when read",
    RW_SC: "clears itself",
    W1C: "a written 1 clears",
    W1S: "a written 1 sets",
    RC_W: "cleared when read, can be written",
    RC_W1C: "cleared when read or by a written 1",
};

/** Registers of one card: those that were touched, or all; each with its bits, its section and its last change. */
export function registersPanel(page) {
    const { timeline, chips, registers } = page;
    const card = Math.min(registers.card, timeline.document.cards.length - 1);
    const chip = chips[card];
    const rows = chip ? rowsOf(timeline, card, chip, registers) : [];
    return html`<div class="chooser">
            <select aria-label="Card" @change=${(event) => page.show.registers({ card: Number(event.target.value) })}>
                ${timeline.document.cards.map(({ name }, c) => html`<option value=${c} .selected=${c === card}>${name}</option>`)}
            </select>
            <input
                type="search"
                placeholder="Name, section or offset"
                aria-label="Search registers"
                .value=${registers.query}
                @input=${(event) => page.show.registers({ query: event.target.value })}
            />
            <label
                ><input
                    type="checkbox"
                    .checked=${registers.all}
                    @change=${(event) => page.show.registers({ all: event.target.checked })}
                />
                all</label
            >
        </div>
        ${chip ? "" : html`<p class="plain">This card has no registers that could be seen from here.</p>`}
        ${chip && rows.length === 0 ? html`<p class="plain">${registers.query ? `No register here is called “${registers.query}”.` : "No register was touched yet."}</p>` : ""}
        <div class="registers">${rows.slice(0, MOST_ROWS).map((row) => register(page, card, row))}</div>
        ${rows.length > MOST_ROWS ? html`<p class="plain">${rows.length - MOST_ROWS} more: search for one.</p>` : ""}`;
}

function rowsOf(timeline, card, chip, { query, all, open }) {
    const { registers } = timeline.state.cards[card];
    const wanted = query.trim().toLowerCase();
    const live = timeline.document.source === "live";
    const offsets = new Set([...registers.keys()].filter((offset) => live || all || wanted || timeline.wasTouched(card, offset)));
    if (all || wanted) for (const { offset } of chip.registers) offsets.add(offset);
    if (open !== null) offsets.add(open);
    const rows = [...offsets]
        .map((offset) => chip.at(offset))
        .filter((entry) => entry.offset === open || matches(entry, wanted))
        .sort((a, b) => a.order - b.order || a.offset - b.offset)
        .map((entry) => ({ ...entry, ...lookedAt(timeline, card, entry), last: null }));
    return rows.reduce((list, row) => merged(list, row, open), []);
}

function lookedAt(timeline, card, { register, offset }) {
    const { registers } = timeline.state.cards[card];
    const known = registers.has(offset);
    return {
        known,
        value: known ? registers.get(offset) : (register?.reset ?? 0),
        touched: touchOf(timeline.current, card, offset),
    };
}

// Of an array of registers, neighbours of one value are one row.
function merged(rows, row, open) {
    const before = rows.at(-1);
    const single = row.offset === open || before?.offset === open;
    const same =
        before &&
        !single &&
        row.register &&
        before.register === row.register &&
        before.value === row.value &&
        before.touched === row.touched;
    if (same) before.last = row.name;
    else rows.push(row);
    return rows;
}

function matches({ name, register, offset }, wanted) {
    if (!wanted) return true;
    const text = `${name} ${register?.longName ?? ""} ${register?.section ?? ""} 0x${offset.toString(16).padStart(5, "0")}`;
    return text.toLowerCase().includes(wanted);
}

function register(page, card, { register, name, last, offset, known, value, touched }) {
    const { registers } = page;
    const open = registers.open === offset;
    return html`<div class="register ${touched ?? ""} ${known ? "" : "unknown"}">
        <button type="button" aria-expanded=${open} @click=${() => page.show.registers({ open: open ? null : offset })}>
            <b>${name}${last ? html`<small> to ${last.slice(last.indexOf("["))}</small>` : ""}</b><code>${hex32(value)}</code>
            <span class="set"
                >${register ? fieldsSet(register, value).map((field) => html`<span>${field.name}${field.wide ? html`<small>=${field.text}</small>` : ""}</span> `) : ""}</span
            >
            ${touched ? html`<span class="touch">${touched}</span>` : ""}
        </button>
        ${open ? details(page, card, register, offset, value) : ""}
    </div>`;
}

/** What the moment did to the register: "changed", "written", "read" or null. */
function touchOf(moment, card, offset) {
    const kinds = new Set((moment?.x ?? []).filter(([, c, o]) => c === card && o === offset).map(([kind]) => kind));
    return kinds.has("reg") ? "changed" : kinds.has("write") ? "written" : kinds.has("read") ? "read" : null;
}

function details(page, card, register, offset, value) {
    const last = page.timeline.lastChange(card, offset);
    return html`<div class="details">
        ${
            register
                ? html`<p>
                      ${register.longName}. Offset 0x${offset.toString(16).padStart(5, "0")}, datasheet ${register.section},
                      ${ACCESS[register.access] ?? register.access}, ${hex32(register.reset)} after a reset.
                  </p>`
                : html`<p>The table of this chip has no name for it.</p>`
        }
        ${
            last
                ? html`<p>
                      Last change: ${hex32(last.before)} → ${hex32(last.after)} at
                      <button type="button" class="plainly" @click=${() => page.show.moment(last.n + 1)}>moment ${last.n}</button
                      >.
                  </p>`
                : html`<p>It has not changed.</p>`
        }
        ${
            register?.bits.length
                ? html`<table class="fields">
                      ${register.bits.map((bits) => {
                          const field = fieldOf(bits, value);
                          return html`<tr class=${field.value === 0 ? "zero" : ""}>
                              <td class="place"><span>${bitRange(bits.mask)}</span></td>
                              <th scope="row">${field.name}</th>
                              <td class="value">${field.text}</td>
                          </tr>`;
                      })}
                  </table>`
                : ""
        }
    </div>`;
}
