/** How numbers and names are written. */

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export const number = (value) => grouped.format(value);

export const hex32 = (value) => "0x" + value.toString(16).padStart(8, "0");

/** Nanoseconds since the start, with as many digits as are of use. */
export function time(nanoseconds) {
    if (nanoseconds < 1e6) return `${number(nanoseconds / 1e3)} µs`;
    if (nanoseconds < 1e9) return `${(nanoseconds / 1e6).toFixed(1)} ms`;
    return `${(nanoseconds / 1e9).toFixed(3)} s`;
}

export const speed = (megabits) =>
    megabits === 0 ? "link down" : megabits >= 1000 ? `${megabits / 1000} Gbit/s` : `${megabits} Mbit/s`;

export const rate = (perSecond) => {
    if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)} M/s`;
    if (perSecond >= 1e4) return `${(perSecond / 1e3).toFixed(1)} k/s`;
    return `${number(perSecond)} /s`;
};

export const ringName = ({ kind, queue }) => `${kind === "rx" ? "receive" : "transmit"} ring ${queue}`;

/** "card:0:1" and the like, as people say it. */
export function ownerName(owner, cards) {
    const [kind, card, ring] = owner.split(":");
    if (card === undefined) return kind;
    const place = `${cards[card].name} ${cards[card].rings[ring].kind}`;
    return kind === "card" ? `${place}: the card's` : `${place}: in the ring`;
}

/** rx_packets: "rx packets". */
export const counterName = (name) => name.replaceAll("_", " ");
