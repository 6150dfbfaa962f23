/** Words of bits: the fields of a register, and those of descriptors (datasheet 7.1.5, 7.1.6, 7.2.3.2). */

/** The fields of a register that are not 0: [{ name, value, text }]. */
export function fieldsSet(register, value) {
    return register.bits.filter(({ mask }) => (value & mask) !== 0).map((field) => fieldOf(field, value));
}

/** One field of a register's value. A field of one bit has no value to show beside its name. */
export function fieldOf({ name, mask, values }, value) {
    const masked = (value & mask) >>> 0;
    const shifted = masked >>> trailingZeros(mask);
    const wide = mask >>> trailingZeros(mask) !== 1;
    const named = values?.[masked];
    return { name, mask, value: shifted, wide, text: named ?? (wide ? "0x" + shifted.toString(16) : String(shifted)) };
}

/** "31:28", or "7". */
export function bitRange(mask) {
    const low = trailingZeros(mask);
    const high = 31 - Math.clz32(mask);
    return low === high ? String(low) : `${high}:${low}`;
}

const trailingZeros = (mask) => 31 - Math.clz32(mask & -mask);

// A field of a descriptor: word, highest bit, lowest bit, name, what it is.
const RECEIVE_READ = [
    [0, 63, 0, "packet buffer address", "IOVA of the buffer that the card may fill"],
    [1, 63, 1, "header buffer address", "0: headers are not split off"],
    [1, 0, 0, "DD", "0: the card has not written this back"],
];

const RECEIVE_WRITE_BACK = [
    [0, 3, 0, "RSS type", ""],
    [0, 16, 4, "packet type", "which headers the card has seen"],
    [0, 20, 17, "RSCCNT", ""],
    [0, 30, 21, "HDR_LEN", "length of the headers"],
    [0, 31, 31, "SPH", "headers were split off"],
    [0, 63, 32, "RSS hash", ""],
    [1, 0, 0, "DD", "descriptor done: the card has filled the buffer"],
    [1, 1, 1, "EOP", "end of packet: the frame ends in this buffer"],
    [1, 2, 2, "FLM", "flow director filter match"],
    [1, 3, 3, "VP", "the frame has a VLAN tag that was taken out"],
    [1, 4, 4, "UDPCS", "UDP checksum was calculated"],
    [1, 5, 5, "L4I", "TCP or UDP checksum was calculated"],
    [1, 6, 6, "IPCS", "IP checksum was calculated"],
    [1, 7, 7, "PIF", "not for an address of this port by its exact filter"],
    [1, 19, 8, "other status", ""],
    [1, 28, 20, "other errors", ""],
    [1, 29, 29, "RXE", "MAC error: the frame is not what was sent"],
    [1, 30, 30, "L4E", "TCP or UDP checksum is wrong"],
    [1, 31, 31, "IPE", "IP checksum is wrong"],
    [1, 47, 32, "PKT_LEN", "bytes in this buffer"],
    [1, 63, 48, "VLAN tag", ""],
];

const TRANSMIT_DATA = [
    [0, 63, 0, "buffer address", "IOVA of the frame's bytes"],
    [1, 15, 0, "DTALEN", "bytes in this buffer"],
    [1, 19, 18, "MAC", ""],
    [1, 23, 20, "DTYP", "3: advanced data descriptor"],
    [1, 24, 24, "EOP", "end of packet: the frame ends in this buffer"],
    [1, 25, 25, "IFCS", "the card is to append the FCS"],
    [1, 27, 27, "RS", "the card is to report: write this back"],
    [1, 29, 29, "DEXT", "advanced, not legacy"],
    [1, 30, 30, "VLE", "insert a VLAN tag"],
    [1, 31, 31, "TSE", "segment it"],
    [1, 32, 32, "DD", "descriptor done: this and those before it were sent"],
    [1, 38, 36, "IDX", ""],
    [1, 39, 39, "CC", "a context is to be looked at"],
    [1, 40, 40, "IXSM", "insert the IP checksum"],
    [1, 41, 41, "TXSM", "insert the TCP or UDP checksum"],
    [1, 63, 46, "PAYLEN", "bytes of the whole frame"],
];

const TRANSMIT_CONTEXT = [
    [0, 8, 0, "IPLEN", "length of the IP header"],
    [0, 15, 9, "MACLEN", "length of the Ethernet header"],
    [0, 31, 16, "VLAN", ""],
    [1, 19, 9, "TUCMD", ""],
    [1, 23, 20, "DTYP", "2: advanced context descriptor"],
    [1, 29, 29, "DEXT", "advanced, not legacy"],
    [1, 32, 32, "DD", "descriptor done"],
    [1, 38, 36, "IDX", ""],
    [1, 47, 40, "L4LEN", "length of the TCP header"],
    [1, 63, 48, "MSS", "most bytes of a segment"],
];

const TRANSMIT_LEGACY = [
    [0, 63, 0, "buffer address", "IOVA of the frame's bytes"],
    [1, 15, 0, "length", "bytes in this buffer"],
    [1, 23, 16, "CSO", "where the checksum goes"],
    [1, 24, 24, "EOP", "end of packet: the frame ends in this buffer"],
    [1, 25, 25, "IFCS", "the card is to append the FCS"],
    [1, 26, 26, "IC", "insert a checksum"],
    [1, 27, 27, "RS", "the card is to report: write this back"],
    [1, 29, 29, "DEXT", "legacy, not advanced"],
    [1, 30, 30, "VLE", "insert a VLAN tag"],
    [1, 32, 32, "DD", "descriptor done: this and those before it were sent"],
    [1, 47, 40, "CSS", "where the checksum begins"],
    [1, 63, 48, "VLAN", ""],
];

const bit = (word, at) => ((word >> BigInt(at)) & 1n) === 1n;

/** The two words of a descriptor's text, as numbers. */
const wordsOf = (text) => text.split(" ").map((word) => BigInt("0x" + word));

/** Has the card written this descriptor back with DD? By text, since rings ask this for each descriptor that they draw. */
export function isDone(kind, text) {
    return text != null && (parseInt(text[kind === "rx" ? 32 : 24], 16) & 1) === 1;
}

/** What a descriptor is, and its fields: { format, section, fields: [{ word, high, low, name, what, value }] }. */
export function decode(kind, text) {
    const words = wordsOf(text);
    const [format, section, layout] = formatOf(kind, words[1]);
    const fields = layout.map(([word, high, low, name, what]) => ({
        word,
        high,
        low,
        name,
        what,
        value: (words[word] >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n),
    }));
    return { format, section, words, fields };
}

function formatOf(kind, second) {
    if (kind === "rx") {
        return bit(second, 0)
            ? ["written back by the card", "7.1.6.2", RECEIVE_WRITE_BACK]
            : ["written by the driver", "7.1.6.1", RECEIVE_READ];
    }
    if (!bit(second, 29) && second !== 0n) return ["legacy", "7.2.3.2.1", TRANSMIT_LEGACY];
    return ((second >> 20n) & 15n) === 2n ? ["context", "7.2.3.2.3", TRANSMIT_CONTEXT] : ["data", "7.2.3.2.4", TRANSMIT_DATA];
}
