/** Reads the first bytes of a frame: its layers, each with fields that say which bytes they are. */

/** The bytes of a string of hexadecimal digits. */
export const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** [{ name, start, end, fields: [{ name, text, start, end }] }] */
export function layers(bytes) {
    const reader = new Reader(bytes);
    try {
        ethernet(reader);
    } catch (e) {
        if (!(e instanceof RangeError)) throw e; // the rest is not here, or the frame ends too early: show what there is
    }
    return reader.layers;
}

class Reader {
    layers = [];
    at = 0;

    constructor(bytes) {
        this.view = new DataView(bytes.buffer);
        this.bytes = bytes;
    }

    layer(name) {
        this.layers.push({ name, start: this.at, end: this.at, fields: [] });
    }

    /** Adds a field of so many bytes; read makes its text from where it starts. */
    field(name, length, read) {
        if (this.at + length > this.bytes.length) throw new RangeError(name);
        const start = this.at;
        this.at += length;
        const layer = this.layers.at(-1);
        layer.end = this.at;
        layer.fields.push({ name, text: read(start), start, end: this.at });
    }

    u8(name, show = String) {
        return this.#number(name, 1, (at) => this.view.getUint8(at), show);
    }

    u16(name, show = String) {
        return this.#number(name, 2, (at) => this.view.getUint16(at), show);
    }

    u32(name, show = String) {
        return this.#number(name, 4, (at) => this.view.getUint32(at), show);
    }

    mac(name) {
        this.field(name, 6, (at) => [...this.bytes.subarray(at, at + 6)].map(twoDigits).join(":"));
    }

    ipv4(name) {
        this.field(name, 4, (at) => this.bytes.subarray(at, at + 4).join("."));
    }

    ipv6(name) {
        this.field(name, 16, (at) => {
            const groups = Array.from({ length: 8 }, (_, i) => this.view.getUint16(at + 2 * i).toString(16));
            return groups.join(":").replace(/(^|:)0(:0)+(:|$)/, "::");
        });
    }

    rest(name) {
        const length = this.bytes.length - this.at;
        if (length === 0) return;
        this.layer(name);
        this.field("text", length, (at) => printable(this.bytes.subarray(at, at + length)));
    }

    #number(name, length, get, show) {
        let value;
        this.field(name, length, (at) => show((value = get(at))));
        return value;
    }
}

const twoDigits = (byte) => byte.toString(16).padStart(2, "0");
const hex16 = (value) => "0x" + value.toString(16).padStart(4, "0");

/** Bytes as letters, where they are some. */
export const printable = (bytes) =>
    [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");

const TYPES = { 0x0800: "IPv4", 0x0806: "ARP", 0x8100: "VLAN", 0x86dd: "IPv6" };
const PROTOCOLS = { 1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6" };
const named = (names, value) => (names[value] ? `${value} ${names[value]}` : String(value));

function ethernet(reader) {
    reader.layer("Ethernet");
    reader.mac("destination");
    reader.mac("source");
    const showType = (type) => hex16(type) + (TYPES[type] ? " " + TYPES[type] : "");
    let type = reader.u16("type", showType);
    if (type === 0x8100) {
        reader.layer("VLAN");
        reader.u16("tag", (tag) => `${tag & 0xfff}, priority ${tag >> 13}`);
        type = reader.u16("type", showType);
    }
    (({ 0x0800: ipv4, 0x0806: arp, 0x86dd: ipv6 })[type] ?? ((r) => r.rest("Payload")))(reader);
}

function arp(reader) {
    reader.layer("ARP");
    reader.u16("hardware", (v) => named({ 1: "Ethernet" }, v));
    reader.u16("protocol", hex16);
    reader.u8("hardware length");
    reader.u8("protocol length");
    reader.u16("operation", (v) => named({ 1: "request", 2: "reply" }, v));
    reader.mac("sender");
    reader.ipv4("sender IP");
    reader.mac("target");
    reader.ipv4("target IP");
    reader.rest("Padding");
}

function ipv4(reader) {
    reader.layer("IPv4");
    const start = reader.at;
    const words = reader.u8("version, length", (v) => `${v >> 4}, ${(v & 15) * 4} bytes`) & 15;
    reader.u8("DSCP, ECN");
    reader.u16("total length");
    reader.u16("identification");
    const fragment = reader.u16("fragment", (v) => `${v & 0x4000 ? "DF " : ""}${v & 0x2000 ? "MF " : ""}${(v & 0x1fff) * 8}`);
    reader.u8("time to live");
    const protocol = reader.u8("protocol", (v) => named(PROTOCOLS, v));
    reader.u16("checksum", hex16);
    reader.ipv4("source");
    reader.ipv4("destination");
    const options = start + words * 4 - reader.at;
    if (options > 0) reader.field("options", options, () => `${options} bytes`);
    transport(reader, (fragment & 0x1fff) === 0 ? protocol : -1);
}

function ipv6(reader) {
    reader.layer("IPv6");
    reader.u32("version, class, flow", (v) => `${v >>> 28}, ${(v >>> 20) & 0xff}, ${v & 0xfffff}`);
    reader.u16("payload length");
    const protocol = reader.u8("next header", (v) => named(PROTOCOLS, v));
    reader.u8("hop limit");
    reader.ipv6("source");
    reader.ipv6("destination");
    transport(reader, protocol);
}

function transport(reader, protocol) {
    ({ 1: icmp, 6: tcp, 17: udp, 58: icmp })[protocol]?.(reader);
    reader.rest("Payload");
}

const ICMP_TYPES = {
    0: "echo reply",
    3: "unreachable",
    8: "echo request",
    11: "time exceeded",
    128: "echo request",
    129: "echo reply",
    135: "neighbor solicitation",
    136: "neighbor advertisement",
};

function icmp(reader) {
    reader.layer("ICMP");
    const type = reader.u8("type", (v) => named(ICMP_TYPES, v));
    reader.u8("code");
    reader.u16("checksum", hex16);
    if ([0, 8, 128, 129].includes(type)) {
        reader.u16("identifier");
        reader.u16("sequence");
    }
}

function udp(reader) {
    reader.layer("UDP");
    reader.u16("source port");
    reader.u16("destination port");
    reader.u16("length");
    reader.u16("checksum", hex16);
}

const FLAGS = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

function tcp(reader) {
    reader.layer("TCP");
    const start = reader.at;
    reader.u16("source port");
    reader.u16("destination port");
    reader.u32("sequence");
    reader.u32("acknowledgment");
    const words = reader.u8("length", (v) => `${(v >> 4) * 4} bytes`) >> 4;
    reader.u8("flags", (v) => FLAGS.filter((_, i) => (v >> i) & 1).join(" ") || "none");
    reader.u16("window");
    reader.u16("checksum", hex16);
    reader.u16("urgent");
    const options = start + words * 4 - reader.at;
    if (options > 0) reader.field("options", options, () => `${options} bytes`);
}
