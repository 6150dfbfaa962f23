/** The clock: moves the cursor of a timeline, by itself or by hand, and asks the server for steps where they end. */

const RATES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const AHEAD_SECONDS = 0.3; // so much is asked for before it is needed, so that a picture never waits
const ANSWER = 500; // ms within which a step shows, if there is anything to show
const MOST_STEPS_AT_ONCE = 400;

export class Player {
    playing = false;
    following = false;
    trouble = null;
    #due = 0;
    #asking = false;

    /** onMove(from, to, smooth): the cursor moved; smooth if all moments between were passed one by one. */
    constructor(timeline, feed, onMove) {
        this.timeline = timeline;
        this.feed = feed;
        this.onMove = onMove;
        this.stepped = timeline.document.source === "stepped" && !feed.recorded;
        this.live = timeline.document.source !== "stepped" && !feed.recorded;
        this.rate = timeline.document.source === "stepped" ? 5 : 50;
        this.following = this.live;
        this.playing = this.live;
    }

    get atEnd() {
        return this.timeline.cursor >= this.timeline.end;
    }

    /** The server began anew. */
    reset(timeline) {
        this.timeline = timeline;
        this.#due = 0;
        this.following = this.live;
        this.onMove(timeline.cursor, timeline.cursor, false);
    }

    play() {
        if (this.atEnd && this.feed.recorded) this.goTo(this.timeline.first);
        this.trouble = null;
        this.playing = true;
        this.following = this.live && this.atEnd;
        this.#due = 0;
    }

    pause() {
        this.playing = false;
        this.following = false;
    }

    toggle() {
        if (this.playing) this.pause();
        else this.play();
    }

    faster() {
        this.rate = RATES.find((rate) => rate > this.rate) ?? this.rate;
    }

    slower() {
        this.rate = RATES.findLast((rate) => rate < this.rate) ?? this.rate;
    }

    /** What one sees is where one is: to the newest moment, and on with it where it goes on by itself. */
    goToNow() {
        this.goTo(this.timeline.end);
        if (this.live) {
            this.following = true;
            this.playing = true;
        }
    }

    /** A jump; playing stops, since who jumps wants to look. */
    scrub(cursor) {
        this.pause();
        this.goTo(cursor);
    }

    goTo(cursor) {
        this.trouble = null;
        const from = this.timeline.cursor;
        this.timeline.goTo(cursor);
        this.onMove(from, this.timeline.cursor, Math.abs(this.timeline.cursor - from) === 1);
    }

    /** One moment on; at the end of a scene, one step of who is named. */
    async step(who = "any") {
        this.pause();
        const next = who === "any" ? this.timeline.cursor : this.timeline.find((moment) => moment.who === who, true);
        if (next >= 0 && next < this.timeline.end) return this.goTo(next + 1);
        if (!this.stepped) return this.goTo(this.timeline.end);
        this.goTo(this.timeline.end);
        this.following = true; // what comes now is shown, and it may come before the answer
        const { end } = this.timeline;
        await this.ask({ do: "step", count: 1, who });
        await new Promise((later) => setTimeout(later, ANSWER));
        if (this.timeline.end === end && !this.trouble)
            this.trouble = `The ${who === "any" ? "scene" : who} has nothing to do now.`;
    }

    stepBack() {
        this.scrub(this.timeline.cursor - 1);
    }

    /** To the next or the last moment at which a mistake was named. */
    toMistake(forwards) {
        const n = this.timeline.find((moment) => moment.x.some(([kind]) => kind === "mistake"), forwards);
        if (n >= 0) this.scrub(n + 1);
    }

    /** Switches a fault; what comes of it is at the end, so there it goes. */
    async fault(name, on) {
        this.goTo(this.timeline.end);
        this.following = true;
        await this.ask({ do: "fault", name, on });
    }

    async ask(what) {
        try {
            await this.feed.ask(what);
            this.trouble = null;
        } catch (e) {
            this.trouble = e.message;
            this.playing = false;
        }
    }

    /** Moments came: those who follow are at the end of them. */
    arrived() {
        if (!this.following || this.atEnd) return;
        const from = this.timeline.cursor;
        this.timeline.goTo(this.timeline.end);
        this.onMove(from, this.timeline.cursor, this.timeline.cursor - from < 20);
    }

    /** To be called for each picture, with the seconds since the last one. */
    tick(seconds) {
        if (!this.playing || this.following) return;
        this.#due = Math.min(this.#due + seconds * this.rate, this.rate); // after a sleep, no chase
        const whole = Math.floor(this.#due);
        const from = this.timeline.cursor;
        const to = Math.min(from + whole, this.timeline.end);
        if (to > from) {
            this.timeline.goTo(to);
            this.#due -= to - from;
            this.onMove(from, to, true);
        }
        if (this.stepped) this.#lookAhead();
        else if (this.atEnd && this.live) this.following = true;
        else if (this.atEnd) this.playing = false;
    }

    async #lookAhead() {
        const wanted = Math.min(Math.ceil(this.rate * AHEAD_SECONDS), MOST_STEPS_AT_ONCE);
        if (this.#asking || this.timeline.end - this.timeline.cursor >= wanted) return;
        this.#asking = true;
        await this.ask({ do: "step", count: wanted, who: "any" });
        this.#asking = false;
    }
}
