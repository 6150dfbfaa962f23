import { html, render } from "ixy/lib/lit-html/lit-html.js";
import { Charts } from "ixy/charts.js";
import { chipsOf } from "ixy/chip.js";
import { controls } from "ixy/controls.js";
import { connect } from "ixy/feed.js";
import { inspector, TABS } from "ixy/inspector.js";
import { choose, onColours, remembered } from "ixy/palette.js";
import { Player } from "ixy/player.js";
import { Scene } from "ixy/scene.js";
import { story } from "ixy/story.js";
import { Timeline } from "ixy/timeline.js";

const INSPECTOR_PERIOD = 90; // ms between two pictures of the inspector while it plays: nobody reads faster
const THEMES = ["auto", "light", "dark"];
const SOURCES = { stepped: "stepped scene", live: "live", trace: "trace" };
const FOLLOWED = 40; // moments in which the last change of a descriptor is looked for
const MOST_FLIGHTS = 40; // moments of one picture whose frames are shown to move

/** The page: what is shown, what is selected, and the loop that draws it. */
class Page {
    tab = "descriptor";
    selected = { card: 0, ring: 0, index: 0 };
    follow = true;
    marked = null;
    registers = { card: 0, query: "", all: false, open: null };
    gone = false;
    theme = remembered();

    #dirty = true;
    #looping = false;
    #last = 0;
    #inspected = 0;
    #stale = true;
    #scrolled = 0; // the moment whose register was brought into view

    constructor(feed) {
        this.feed = feed;
        this.timeline = new Timeline(feed.document);
        this.chips = chipsOf(feed.document);
        this.player = new Player(this.timeline, feed, (from, to, smooth) => this.#moved(from, to, smooth));
        this.charts = new Charts(this.timeline);
        this.scene = new Scene(byId("scene"), this.timeline, {
            selected: () => this.selected,
            select: (card, ring, index) => this.show.descriptor(card, ring, index),
        });
        this.scene.onMeasured = () => this.scene.draw(0);
        onColours(() => this.refresh());
        document.title = `${feed.document.title}: ixy4j`;
        document.addEventListener("keydown", (event) => this.#keyed(event));
        feed.open(this.timeline.end, {
            onMoments: (moments) => this.#arrived(moments),
            onRestart: (anew) => this.#restarted(anew),
            onGone: (gone) => this.#gone(gone),
        });
        this.refresh();
    }

    /** What parts of the page ask for. */
    show = {
        tab: (id) => this.#with(() => (this.tab = id)),
        descriptor: (card, ring, index) =>
            this.#with(() => {
                this.selected = { card, ring, index };
                this.follow = false;
                this.tab = "descriptor";
            }),
        follow: (on) => this.#with(() => (this.follow = on)),
        bytes: (field) => this.#with(() => (this.marked = field)),
        register: (card, offset) =>
            this.#with(() => {
                this.registers = { ...this.registers, card, query: "", open: offset };
                this.tab = "registers";
            }),
        registers: (changes) => this.#with(() => (this.registers = { ...this.registers, ...changes })),
        moment: (cursor) => this.act(() => this.player.scrub(cursor)),
    };

    /** Does what the reader asked for, and shows what came of it, at once and when it is done. */
    act = async (what) => {
        const done = what();
        this.refresh();
        await done;
        this.refresh();
    };

    /** Draws the page anew, with the next picture. */
    refresh() {
        this.#dirty = true;
        if (this.#looping) return;
        this.#looping = true;
        this.#last = performance.now();
        requestAnimationFrame((now) => this.#frame(now));
    }

    #with(change) {
        change();
        this.#inspected = 0;
        this.refresh();
    }

    #frame(now) {
        const seconds = Math.min(0.1, Math.max(0, now - this.#last) / 1000);
        this.#last = now;
        this.player.tick(seconds);
        if (this.#dirty) this.#paint();
        const quiet = !this.player.playing || now - this.#inspected > INSPECTOR_PERIOD;
        if (this.#stale && quiet) this.#inspect(now);
        const moving = this.scene.draw(seconds);
        this.#looping = moving || this.#dirty || this.#stale || (this.player.playing && !this.player.following);
        if (this.#looping) requestAnimationFrame((then) => this.#frame(then));
    }

    #paint() {
        this.#dirty = false;
        this.#stale = true;
        render(this.#top(), byId("top"));
        this.scene.paint();
        render(story(this), byId("story"));
        render(controls(this), byId("controls"));
    }

    #inspect(now) {
        this.#stale = false;
        this.#inspected = now;
        render(inspector(this), byId("inspector"));
        this.charts.draw();
        if (this.tab !== "registers" || this.player.playing || this.timeline.cursor === this.#scrolled) return;
        this.#scrolled = this.timeline.cursor;
        byId("panel").querySelector(".changed, .written, .read")?.scrollIntoView({ block: "nearest" });
    }

    #top() {
        const { title, source } = this.timeline.document;
        const faults = this.timeline.document.faults.filter(({ name }) => this.timeline.state.faults.has(name));
        return html`<h1>${title}</h1>
            <span class="source">${this.feed.recorded ? "recording" : SOURCES[source]}</span>
            ${faults.map((fault) => html`<button type="button" class="broken" @click=${() => this.show.tab("break")}>${fault.title}</button>`)}
            <button type="button" class="theme" @click=${() => this.#nextTheme()} title="Light, dark or as the system (t)">
                ${{ auto: "light or dark: system", light: "light", dark: "dark" }[this.theme]}
            </button>`;
    }

    #nextTheme() {
        this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
        choose(this.theme);
        this.refresh();
    }

    #moved(from, to, smooth) {
        const forwards = to > from;
        if (smooth && to !== from) {
            const seconds = this.player.playing ? Math.max(0.25, Math.min(0.9, 2 / this.player.rate)) : 0.7;
            const first = forwards ? Math.max(from, to - MOST_FLIGHTS) : to;
            for (let n = first; n < Math.max(from, to); n++) this.scene.fly(this.timeline.at(n), forwards, seconds);
        } else if (!smooth) {
            this.scene.flights.clear();
        }
        if (this.follow) this.#select();
        this.refresh();
    }

    // The descriptor that changed last, in the moment at the cursor or not long before.
    #select() {
        const { cursor, first } = this.timeline;
        for (let n = cursor - 1; n >= Math.max(first, cursor - FOLLOWED); n--) {
            const change = this.timeline.at(n).x.findLast(([kind]) => kind === "desc");
            if (!change) continue;
            this.selected = { card: change[1], ring: change[2], index: change[3] };
            return;
        }
    }

    #arrived(moments) {
        this.timeline.append(moments);
        this.player.arrived();
        this.refresh();
    }

    #restarted(anew) {
        this.timeline = new Timeline(anew);
        this.charts.timeline = this.scene.timeline = this.timeline;
        this.player.reset(this.timeline);
        this.refresh();
    }

    #gone(gone) {
        if (this.gone === gone) return;
        this.gone = gone;
        this.refresh();
    }

    #keyed(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const { target, key } = event;
        if (target.matches("input:not([type=checkbox], [type=range]), select, textarea")) return;
        if (key === " " && target.matches("button, summary, input")) return; // presses it
        const todo = this.#keys[key] ?? (TABS[Number(key) - 1] && (() => this.show.tab(TABS[Number(key) - 1].id)));
        if (!todo) return;
        event.preventDefault();
        this.act(todo);
    }

    #keys = {
        " ": () => this.player.toggle(),
        p: () => this.player.toggle(),
        ArrowRight: () => this.player.step(),
        ArrowLeft: () => this.player.stepBack(),
        Home: () => this.player.scrub(this.timeline.first),
        End: () => this.player.goToNow(),
        d: () => this.player.step("driver"),
        c: () => this.player.step("card"),
        "-": () => this.player.slower(),
        "+": () => this.player.faster(),
        "=": () => this.player.faster(),
        "[": () => this.player.toMistake(false),
        "]": () => this.player.toMistake(true),
        "?": () => this.show.tab("help"),
        t: () => this.#nextTheme(),
        "/": () => {
            this.show.tab("registers");
            requestAnimationFrame(() => byId("inspector").querySelector("[type=search]")?.focus());
        },
    };
}

const byId = (id) => document.getElementById(id);

choose(remembered());
try {
    const page = new Page(await connect(document));
    const moment = /^#moment=(\d{1,9})$/.exec(location.hash); // a link to a moment
    if (moment) page.show.moment(Number(moment[1]));
} catch (e) {
    render(html`<p class="trouble" role="alert">${e.message}</p>`, byId("story"));
    throw e;
}
