/** Registers of a card by their offsets, from the table of its chip. */
class Chip {
    #byOffset = new Map();

    constructor({ datasheet, registers }) {
        this.datasheet = datasheet;
        this.registers = registers;
        registers.forEach((register, order) => {
            for (let i = 0; i < register.count; i++) {
                const offset = register.offset + i * register.stride;
                if (!this.#byOffset.has(offset))
                    this.#byOffset.set(offset, { register, name: nameOf(register, i), offset, order });
            }
        });
    }

    /** { register, name, offset, order } of what is there, in the order of the table; what has no name has its offset for one. */
    at(offset) {
        return (
            this.#byOffset.get(offset) ?? {
                register: null,
                name: "0x" + offset.toString(16).padStart(5, "0"),
                offset,
                order: Infinity,
            }
        );
    }
}

// A block that continues an array elsewhere begins with a later index.
const nameOf = ({ name, count, first = 0 }, i) => (count === 1 && first === 0 ? name : `${name}[${first + i}]`);

/** The chip of each card; null where its registers cannot be seen. */
export function chipsOf(document) {
    return document.cards.map(({ chip }) => (document.chips[chip] ? new Chip(document.chips[chip]) : null));
}
