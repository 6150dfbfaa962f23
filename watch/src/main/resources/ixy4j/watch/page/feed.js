/** Where moments come from: a recording inside the page, or the server that sent it. */

/** The source of this page: { document, recorded, open(from, callbacks), ask(what) }. */
export async function connect(page) {
    const recording = page.getElementById("timeline");
    if (recording) return new Recording(JSON.parse(recording.textContent));
    return new Live(await timelineOf());
}

async function timelineOf() {
    const answer = await fetch("timeline", { cache: "no-store" });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}: it runs no more, or the address is an old one`);
    return answer.json();
}

class Recording {
    recorded = true;

    constructor(document) {
        this.document = document;
    }

    open() {}

    async ask() {
        throw new Error("a recording plays what was recorded");
    }
}

class Live {
    recorded = false;

    constructor(document) {
        this.document = { moments: [], ...document };
    }

    /** Calls back with moments as they come, with a new document if the server cannot go on from there, and if it is gone. */
    open(from, { onMoments, onRestart, onGone }) {
        this.#listen(from, { onMoments, onRestart, onGone });
    }

    #listen(from, callbacks) {
        let next = from;
        const events = new EventSource(`events?from=${from}`);
        events.onmessage = ({ data }) => {
            const message = JSON.parse(data);
            callbacks.onGone(false);
            if (Array.isArray(message)) {
                callbacks.onMoments(message);
                if (message.length > 0) next = message.at(-1).n + 1;
            } else if (message.restart) {
                events.close();
                this.#restart(callbacks);
            }
        };
        events.onopen = () => callbacks.onGone(false);
        events.onerror = () => {
            callbacks.onGone(true);
            if (events.readyState !== EventSource.CLOSED) return; // it tries again by itself
            setTimeout(() => this.#listen(next, callbacks), 2000);
        };
    }

    async #restart(callbacks) {
        try {
            this.document = { moments: [], ...(await timelineOf()) };
            callbacks.onRestart(this.document);
            this.#listen(this.document.at ?? 0, callbacks);
        } catch {
            callbacks.onGone(true);
            setTimeout(() => this.#restart(callbacks), 2000);
        }
    }

    /** Asks the server to do something; fails with its sentence. */
    async ask(what) {
        const answer = await fetch("do", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(what),
        });
        if (!answer.ok) throw new Error((await answer.text()).trim() || `the server answered ${answer.status}`);
    }
}
