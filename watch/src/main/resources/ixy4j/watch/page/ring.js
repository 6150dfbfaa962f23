import { isDone } from "ixy/bits.js";
import { isStill, palette } from "ixy/palette.js";

const TURN = 2 * Math.PI;
const TOP = -Math.PI / 2;
const MOST_SECTORS = 160; // of more descriptors only the runs of one colour are drawn, not each
const HAND_SECONDS = 0.08; // in this time a hand has gone most of its way

/** Whose is a descriptor: "card" from head to tail, "done" from next to head, else "driver". */
export function ownerOf(ring, index) {
    const behind = (from) => (index - from + ring.size) % ring.size;
    if (behind(ring.head) < (ring.tail - ring.head + ring.size) % ring.size) return "card";
    if (behind(ring.next) < (ring.head - ring.next + ring.size) % ring.size) return "done";
    return "driver";
}

/** How many descriptors are whose: { card, done, driver }. */
export function shares(ring) {
    if (ring.size === 0) return { card: 0, done: 0, driver: 0 };
    const card = (ring.tail - ring.head + ring.size) % ring.size;
    const done = Math.min((ring.head - ring.next + ring.size) % ring.size, ring.size - card);
    return { card, done, driver: ring.size - card - done };
}

/** A ring of descriptors on a canvas, with the hands head, tail and next. */
export class RingView {
    #hands = { head: null, tail: null, next: null };
    #drawn = "";

    constructor(canvas, kind) {
        this.canvas = canvas;
        this.kind = kind;
        this.centre = { x: 0, y: 0 };
    }

    /** Fits the canvas to its place in the page. */
    measure() {
        const { clientWidth: width, clientHeight: height } = this.canvas;
        this.canvas.width = Math.round(width * devicePixelRatio);
        this.canvas.height = Math.round(height * devicePixelRatio);
        this.centre = { x: width / 2, y: height / 2 };
        this.small = Math.min(width, height) < 200;
        this.outer = this.small ? Math.min(width / 2 - 24, height / 2 - 24) : Math.min(width / 2 - 50, height / 2 - 27);
        this.inner = this.outer - Math.max(13, this.outer * 0.22);
        this.#drawn = "";
    }

    /** The way round the ring, by its middle, from where a point lies to a descriptor: points in steps that look like an arc. */
    wayRound(point, index, size) {
        const from = Math.atan2(point.y - this.centre.y, point.x - this.centre.x);
        const turn = turned(angleOf(index + 0.5, size) - from);
        const steps = Math.max(1, Math.ceil(Math.abs(turn) / 0.15));
        const radius = (this.outer + this.inner) / 2;
        return Array.from({ length: steps + 1 }, (_, i) => {
            const [x, y] = polar(from + (turn * i) / steps, radius);
            return { x: this.centre.x + x, y: this.centre.y + y };
        });
    }

    /** Which descriptor is at this place of the canvas, or -1. */
    indexAt(x, y, size) {
        const dx = x - this.centre.x;
        const dy = y - this.centre.y;
        const radius = Math.hypot(dx, dy);
        if (size === 0 || radius > this.outer + 12 || radius < this.inner - 12) return -1;
        return Math.floor((((Math.atan2(dy, dx) - TOP + TURN) % TURN) / TURN) * size);
    }

    /** Draws if something changed; true as long as hands are on their way. */
    draw(ring, selected, changed, seconds) {
        const moving = this.#move(ring, seconds);
        const what = `${ring.version} ${selected} ${changed.join()}`;
        if (!moving && what === this.#drawn) return false;
        this.#drawn = what;
        const g = this.canvas.getContext("2d");
        g.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
        g.clearRect(0, 0, 2 * this.centre.x, 2 * this.centre.y);
        g.translate(this.centre.x, this.centre.y);
        if (ring.size === 0) this.#none(g);
        else this.#ring(g, ring, selected, changed);
        return moving;
    }

    /** To be called when the colours have changed. */
    forget() {
        this.#drawn = "";
    }

    #none(g) {
        g.strokeStyle = palette().rule;
        g.setLineDash([3, 5]);
        g.lineWidth = 1.5;
        g.beginPath();
        g.arc(0, 0, (this.outer + this.inner) / 2, 0, TURN);
        g.stroke();
        g.setLineDash([]);
    }

    #ring(g, ring, selected, changed) {
        if (ring.size <= MOST_SECTORS) this.#sectors(g, ring);
        else this.#runs(g, ring);
        this.#frames(g, ring);
        this.#marks(g, ring, selected, changed);
        this.#outerHands(g);
        this.#innerHand(g);
    }

    #sectors(g, ring) {
        const gap = 1 / this.outer; // a line of paper between two, of the same width inside and outside
        for (let i = 0; i < ring.size; i++) {
            const whose = ownerOf(ring, i);
            this.#band(g, angleOf(i, ring.size) + gap, angleOf(i + 1, ring.size) - gap, whose);
        }
    }

    #runs(g, ring) {
        let from = 0;
        for (let i = 1; i <= ring.size; i++) {
            if (i < ring.size && ownerOf(ring, i) === ownerOf(ring, from)) continue;
            this.#band(g, angleOf(from, ring.size), angleOf(i, ring.size), ownerOf(ring, from));
            from = i;
        }
        g.strokeStyle = palette().panel;
        g.lineWidth = 1;
        g.beginPath();
        for (let i = 0; i < ring.size; i += 16) radial(g, angleOf(i, ring.size), this.inner - 1, this.outer + 1);
        g.stroke();
    }

    // Not by colour alone: what is done stands out, what is the driver's is hollow.
    #band(g, from, to, whose) {
        const outer = this.outer + (whose === "done" ? 3 : 0);
        g.beginPath();
        g.arc(0, 0, outer, from, to);
        g.arc(0, 0, this.inner, to, from, true);
        g.closePath();
        g.fillStyle = palette()[whose];
        g.fill();
        if (whose !== "driver") return;
        g.strokeStyle = palette().lane;
        g.lineWidth = 0.8;
        g.stroke();
    }

    // The frames that wait behind descriptors: for a few a dot each, for many a line; and DD as a notch.
    #frames(g, ring) {
        const { packet, panel } = palette();
        const width = this.outer - this.inner;
        const few = ring.size <= MOST_SECTORS;
        const radius = Math.min(3.2, (this.inner * TURN) / ring.size / 2.6);
        g.fillStyle = packet;
        g.strokeStyle = packet;
        g.lineWidth = Math.max(1, (this.inner * TURN) / ring.size - 0.4);
        const lines = new Path2D();
        const dots = new Path2D();
        const notches = new Path2D();
        for (let i = 0; i < ring.size; i++) {
            const angle = angleOf(i + 0.5, ring.size);
            if (ring.frames[i] && few) disc(dots, angle, this.inner + width * 0.36, radius);
            else if (ring.frames[i]) radial(lines, angle, this.inner, this.inner + width * 0.4);
            if (few && isDone(this.kind, ring.descriptors[i])) disc(notches, angle, this.outer - width * 0.22, radius * 0.62);
        }
        g.stroke(lines);
        g.strokeStyle = panel;
        g.lineWidth = 1.6;
        g.stroke(dots);
        g.fill(dots);
        g.fillStyle = panel;
        g.fill(notches);
    }

    #marks(g, ring, selected, changed) {
        const { ink } = palette();
        g.strokeStyle = ink;
        g.lineWidth = 1;
        g.beginPath();
        for (const i of changed) {
            g.moveTo(...polar(angleOf(i, ring.size), this.inner - 3));
            g.arc(0, 0, this.inner - 3, angleOf(i, ring.size), angleOf(i + 1, ring.size));
        }
        g.stroke();
        if (selected < 0 || selected >= ring.size) return;
        const least = 2.5 / this.outer; // of a thousand descriptors one would not be seen
        const middle = angleOf(selected + 0.5, ring.size);
        const half = Math.max(TURN / ring.size / 2, least);
        g.lineWidth = 2;
        g.beginPath();
        g.arc(0, 0, this.outer + 4, middle - half, middle + half);
        g.arc(0, 0, this.inner - 2, middle + half, middle - half, true);
        g.closePath();
        g.stroke();
    }

    #outerHands(g) {
        const { head, tail } = this.#hands;
        const [headLabel, tailLabel] = apart(head, tail, (this.small ? 14 : 34) / this.outer);
        this.#hand(g, "head", head, headLabel, true);
        this.#hand(g, "tail", tail, tailLabel, false);
    }

    #hand(g, name, angle, labelAngle, solid) {
        const { ink } = palette();
        g.save();
        g.rotate(angle);
        triangle(g, this.outer + 5, this.outer + 13, 4.5);
        g.fillStyle = g.strokeStyle = ink;
        g.lineWidth = 1.3;
        if (solid) g.fill();
        g.stroke();
        g.restore();
        label(g, this.small ? name[0].toUpperCase() : name, labelAngle, this.outer + (this.small ? 17 : 20), ink);
    }

    #innerHand(g) {
        const { muted } = palette();
        const angle = this.#hands.next;
        g.save();
        g.rotate(angle);
        triangle(g, this.inner - 5, this.inner - 13, 4.5);
        g.fillStyle = muted;
        g.fill();
        g.restore();
        if (this.small) return;
        const [x, y] = polar(angle, this.inner - 22);
        text(g, "next", x, y, muted, "center");
    }

    // Brings the hands nearer to where they belong.
    #move(ring, seconds) {
        let moving = false;
        for (const name of ["head", "tail", "next"]) {
            const target = angleOf(ring[name] + 0.5, ring.size || 1);
            const now = this.#hands[name];
            const way = now === null ? 0 : turned(target - now);
            const there = now === null || isStill() || Math.abs(way) < 0.002;
            this.#hands[name] = there ? target : now + way * (1 - Math.exp(-seconds / HAND_SECONDS));
            moving ||= !there;
        }
        return moving;
    }
}

const angleOf = (index, size) => TOP + (TURN * index) / size;

const polar = (angle, radius) => [radius * Math.cos(angle), radius * Math.sin(angle)];

/** An angle between half a turn back and half a turn on. */
const turned = (angle) => angle - TURN * Math.round(angle / TURN);

/** Two angles, moved apart so that what stands there does not overlap. */
function apart(a, b, least) {
    const between = turned(b - a);
    if (Math.abs(between) >= least) return [a, b];
    const push = (least - Math.abs(between)) / 2;
    return between > 0 ? [a - push, b + push] : [a + push, b - push];
}

function radial(path, angle, from, to) {
    path.moveTo(...polar(angle, from));
    path.lineTo(...polar(angle, to));
}

function disc(path, angle, at, radius) {
    const [x, y] = polar(angle, at);
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, TURN);
}

function triangle(g, tip, base, half) {
    g.beginPath();
    g.moveTo(tip, 0);
    g.lineTo(base, -half);
    g.lineTo(base, half);
    g.closePath();
}

/** A word beside a ring, which begins or ends where it would touch it. */
function label(g, word, angle, radius, colour) {
    const [x, y] = polar(angle, radius);
    const across = Math.cos(angle);
    const align = across > 0.35 ? "left" : across < -0.35 ? "right" : "center";
    text(g, word, x, y, colour, align);
}

function text(g, word, x, y, colour, align) {
    g.font = '11px "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
    g.textAlign = align;
    g.textBaseline = "middle";
    g.strokeStyle = palette().panel; // a margin, where a lane passes below
    g.lineWidth = 4;
    g.lineJoin = "round";
    g.strokeText(word, x, y);
    g.fillStyle = colour;
    g.fillText(word, x, y);
}
