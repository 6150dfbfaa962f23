import { palette } from "ixy/palette.js";

/** Where a frame comes by on its way between a wire and the application; "edge" is where it enters that. */
const STOPS = ["wire", "card", "outside", "ring", "inside", "edge", "application"];

/**
 * The way of frames through one ring of a card: from the wire to the application where it receives, the other way where it
 * transmits. It is a line through the middle of the ring, from left to right, or from top to bottom on a narrow screen.
 */
export class Lane {
    #ring;
    #canvas;
    #at;

    /**
     * @param origin the box that places are counted from, all boxes as getBoundingClientRect() has them
     * @param view the ring, which has been measured
     * @param boxes those of the ring's canvas, and of wire, board and application
     * @param first is the card left of the application, or above it?
     */
    constructor(origin, view, boxes, first) {
        this.#ring = view;
        this.receives = view.kind === "rx";
        this.upright = boxes.wire.width > boxes.wire.height;
        this.#canvas = { x: boxes.canvas.left - origin.left, y: boxes.canvas.top - origin.top };
        const [from, to] = this.upright ? ["top", "bottom"] : ["left", "right"];
        const [near, far] = first ? [from, to] : [to, from];
        const centre = this.#onPage(view.centre);
        const middle = this.upright ? centre.y : centre.x;
        const rim = (first ? 1 : -1) * (view.outer + 2);
        const point = (along) => (this.upright ? { x: centre.x, y: along } : { x: along, y: centre.y });
        const at = (box, side) => point(box[side] - origin[from]);
        this.#at = {
            wire: at(boxes.wire, near),
            card: at(boxes.board, near),
            outside: point(middle - rim),
            inside: point(middle + rim),
            leaves: at(boxes.board, far),
            edge: at(boxes.application, near),
            application: point((boxes.application[from] + boxes.application[to]) / 2 - origin[from]),
        };
    }

    /** Draws it, with an arrow on each side of the ring, where no text is. */
    draw(g) {
        const { wire, card, outside, inside, leaves, edge, application } = this.#at;
        g.strokeStyle = g.fillStyle = palette().lane;
        g.lineWidth = 3;
        line(g, wire, card);
        g.lineWidth = 1.5;
        line(g, card, outside);
        line(g, inside, edge);
        g.setLineDash([2, 5]); // in the application, where there is no lane but a program
        line(g, edge, application);
        g.setLineDash([]);
        const pieces = this.upright ? [wire, card, leaves, edge] : [card, outside, inside, edge];
        for (const i of [0, 2]) arrow(g, ...(this.receives ? [pieces[i], pieces[i + 1]] : [pieces[i + 1], pieces[i]]));
    }

    /**
     * The points that a frame comes by, or null if there is no such way.
     *
     * @param from "wire", "card", "ring" or "application", as is to
     * @param ring the ring's state
     * @param offset how far behind its hand the frame's descriptor is
     */
    way(from, to, ring, offset) {
        const [a, b] = [STOPS.indexOf(from), STOPS.indexOf(to)];
        if (a < 0 || b < 0) return null;
        if (a === b) return [this.#at.wire, between(this.#at.wire, this.#at.card)]; // lost on the wire
        const stops = STOPS.slice(Math.min(a, b), Math.max(a, b) + 1);
        const index = ring[this.#hand(stops)] + offset;
        const points = stops.flatMap((stop, i) => {
            if (stop !== "ring") return [this.#at[stop]];
            return ring.size === 0 ? [] : this.#through(stops[i - 1], stops[i + 1], index, ring.size);
        });
        return a < b ? points : points.reverse();
    }

    // The hand at which frames enter or leave the ring on this piece of the way.
    #hand(stops) {
        if (!stops.includes("application")) return "head";
        return this.receives ? "next" : "tail";
    }

    #through(before, after, index, size) {
        const round = (stop) => {
            const point = this.#at[stop];
            const inside = { x: point.x - this.#canvas.x, y: point.y - this.#canvas.y };
            return this.#ring.wayRound(inside, index, size).map((at) => this.#onPage(at));
        };
        return [...(before ? round(before) : []), ...(after ? round(after).reverse() : [])];
    }

    #onPage({ x, y }) {
        return { x: x + this.#canvas.x, y: y + this.#canvas.y };
    }
}

const between = (from, to) => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });

function line(g, from, to) {
    g.beginPath();
    g.moveTo(from.x, from.y);
    g.lineTo(to.x, to.y);
    g.stroke();
}

function arrow(g, from, to) {
    const middle = between(from, to);
    g.save();
    g.translate(middle.x, middle.y);
    g.rotate(Math.atan2(to.y - from.y, to.x - from.x));
    g.beginPath();
    g.moveTo(5, 0);
    g.lineTo(-4, -4.5);
    g.lineTo(-4, 4.5);
    g.closePath();
    g.fill();
    g.restore();
}
