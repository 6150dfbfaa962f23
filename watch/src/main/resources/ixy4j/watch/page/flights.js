import { isStill, palette } from "ixy/palette.js";

const MOST_DOTS = 400;
const MOST_NAMED = 6; // frames that fly at once and have their protocol written beside them

/** Frames on their way between wire, card, ring and application: dots above the scene. */
export class Flights {
    #dots = [];
    #dirty = false;

    constructor(canvas) {
        this.canvas = canvas;
    }

    measure() {
        const { clientWidth: width, clientHeight: height } = this.canvas;
        this.canvas.width = Math.round(width * devicePixelRatio);
        this.canvas.height = Math.round(height * devicePixelRatio);
    }

    /** Lets a frame fly along points { x, y }, in so many seconds, after so many; what is lost has another colour. */
    launch(points, seconds, delay, { name, lost = false }) {
        if (isStill() || this.#dots.length >= MOST_DOTS) return;
        this.#dots.push({ way: new Way(points), seconds, age: -delay, name, lost });
    }

    clear() {
        this.#dots.length = 0;
    }

    /** Draws where they are now; true as long as there are any. */
    draw(seconds) {
        if (this.#dots.length === 0 && !this.#dirty) return false;
        const g = this.canvas.getContext("2d");
        g.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
        g.clearRect(0, 0, this.canvas.clientWidth, this.canvas.clientHeight);
        for (const dot of this.#dots) dot.age += seconds;
        this.#dots = this.#dots.filter((dot) => dot.age < dot.seconds);
        const named = this.#dots.length <= MOST_NAMED;
        for (const dot of this.#dots) if (dot.age >= 0) drawDot(g, dot, named);
        this.#dirty = this.#dots.length > 0;
        return this.#dirty;
    }
}

function drawDot(g, { way, seconds, age, name, lost }, named) {
    const { packet, panel, ink, mistake } = palette();
    const { x, y } = way.at(eased(age / seconds));
    g.beginPath();
    g.arc(x, y, 4.5, 0, 2 * Math.PI);
    g.fillStyle = lost ? mistake : packet;
    g.strokeStyle = panel;
    g.lineWidth = 1.5;
    g.fill();
    g.stroke();
    if (!named || !name) return;
    g.font = '10.5px "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
    g.textAlign = "center";
    g.fillStyle = ink;
    g.strokeStyle = panel;
    g.lineWidth = 3;
    g.strokeText(name, x, y - 9);
    g.fillText(name, x, y - 9);
}

const eased = (part) => (part < 0.5 ? 2 * part * part : 1 - (2 - 2 * part) ** 2 / 2);

/** A line of several pieces that is walked along at one speed. */
class Way {
    #points;
    #lengths = [];
    #whole = 0;

    constructor(points) {
        this.#points = points;
        for (let i = 1; i < points.length; i++) {
            const length = Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
            this.#lengths.push(length);
            this.#whole += length;
        }
    }

    at(part) {
        let left = part * this.#whole;
        for (let i = 0; i < this.#lengths.length; i++) {
            if (left <= this.#lengths[i] || i === this.#lengths.length - 1) {
                const share = this.#lengths[i] === 0 ? 1 : Math.min(1, left / this.#lengths[i]);
                const [a, b] = [this.#points[i], this.#points[i + 1]];
                return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
            }
            left -= this.#lengths[i];
        }
        return this.#points[0];
    }
}
