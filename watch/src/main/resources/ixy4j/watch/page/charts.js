import uPlot from "ixy/lib/uplot/dist/uPlot.esm.js";
import { onColours, palette } from "ixy/palette.js";
import { rate } from "ixy/text.js";

const HEIGHT = 150;
const MOST_POINTS = 600;
const SERIES = [
    { name: "rx_packets", label: "received", colour: "done" },
    { name: "tx_packets", label: "sent", colour: "card" },
];

/** For each card a chart of the packets that it received and sent: of a scene by moments, of a live program by seconds. */
export class Charts {
    #charts = [];

    constructor(timeline) {
        this.timeline = timeline;
        onColours(() => this.#forget());
    }

    /** The place of a card's chart, to be put into the page. */
    element(card) {
        return this.#of(card).element;
    }

    /** Draws the charts that are in the page. */
    draw() {
        this.#charts.forEach((chart, card) => {
            if (!chart.element.isConnected) return;
            const width = chart.element.clientWidth;
            const key = `${width} ${this.timeline.cursor} ${this.timeline.end}`;
            if (chart.key === key || width === 0) return;
            chart.key = key;
            chart.plot ??= this.#plot(chart.element);
            if (chart.plot.width !== width) chart.plot.setSize({ width, height: HEIGHT });
            chart.plot.setData(this.#data(card));
        });
    }

    #of(card) {
        this.#charts[card] ??= { element: document.createElement("div"), plot: null, key: "" };
        return this.#charts[card];
    }

    #forget() {
        for (const chart of this.#charts) {
            chart.plot?.destroy();
            chart.plot = null;
            chart.key = "";
        }
    }

    get #live() {
        return this.timeline.document.source === "live";
    }

    #plot(element) {
        const { muted, rule, ink } = palette();
        const axis = {
            stroke: muted,
            grid: { stroke: rule, width: 1 },
            ticks: { show: false },
            font: '11px "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
        };
        const options = {
            width: element.clientWidth,
            height: HEIGHT,
            legend: { show: false },
            cursor: { show: false },
            padding: [8, 8, 0, 0],
            scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(high * 1.1, 1)] } },
            axes: [
                { ...axis, size: 24, values: (_, all) => all.map((value) => (this.#live ? `${value} s` : value)) },
                { ...axis, size: 52, values: (_, all) => all.map((value) => (this.#live ? rate(value) : value)) },
            ],
            series: [
                {},
                ...SERIES.map(({ label, colour }) => ({ label, stroke: palette()[colour], width: 1.8, points: { show: false } })),
            ],
            hooks: { draw: [(plot) => this.#drawCursor(plot, ink)] },
        };
        return new uPlot(options, [[0], [0], [0]], element);
    }

    // Where the reader is, so that the chart tells what was and what is to come.
    #drawCursor(plot, ink) {
        const { current } = this.timeline;
        const at = this.#live ? (current?.t ?? 0) / 1e9 : this.timeline.cursor;
        const x = Math.round(plot.valToPos(at, "x", true));
        const { ctx, bbox } = plot;
        if (x < bbox.left || x > bbox.left + bbox.width) return;
        ctx.fillStyle = ink;
        ctx.fillRect(x, bbox.top, Math.max(1, devicePixelRatio), bbox.height);
    }

    #data(card) {
        const counters = SERIES.map(({ name }) => this.timeline.counter(card, name) ?? { n: [], t: [], value: [] });
        return this.#live ? rates(counters) : totals(counters, this.timeline.end);
    }
}

// The totals at so many moments that a chart can show.
function totals(counters, end) {
    const every = Math.max(1, Math.ceil(end / MOST_POINTS));
    const x = [];
    for (let n = 0; n < end; n += every) x.push(n);
    x.push(end);
    return [x, ...counters.map((counter) => x.map(atMoment(counter)))];
}

function atMoment({ n, value }) {
    let i = 0;
    return (moment) => {
        while (i < n.length && n[i] < moment) i++;
        return i === 0 ? 0 : value[i - 1];
    };
}

// Packets in a second, of the last minute, from samples.
function rates(counters) {
    const last = Math.max(...counters.map(({ t }) => t.at(-1) ?? 0)) / 1e9;
    const x = Array.from({ length: 121 }, (_, i) => last - 60 + i / 2).filter((t) => t >= 0);
    return [x, ...counters.map((counter) => x.map(perSecond(counter)))];
}

function perSecond({ t, value }) {
    let i = 0;
    let before = null;
    return (seconds) => {
        while (i < t.length && t[i] / 1e9 <= seconds) i++;
        const now = i === 0 ? 0 : value[i - 1];
        const difference = before === null ? null : (now - before) * 2; // half a second between two points
        before = now;
        return difference;
    };
}
