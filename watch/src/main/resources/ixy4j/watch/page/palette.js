/** The colours of the page, for what is drawn on a canvas: those of the style sheet, which follow the reader's choice. */

const names = ["paper", "panel", "ink", "muted", "rule", "card", "done", "driver", "packet", "mistake", "lane"];

let colours = null;
let listeners = [];

export function palette() {
    if (!colours) {
        const style = getComputedStyle(document.documentElement);
        colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    }
    return colours;
}

export function onColours(listener) {
    listeners.push(listener);
}

function changed() {
    colours = null;
    for (const listener of listeners) listener();
}

/** "auto", "light" or "dark". */
export function choose(theme) {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    remember(theme);
    changed();
}

// A page of a file may be forbidden to remember anything.
function remember(theme) {
    try {
        localStorage.setItem("ixy-theme", theme);
    } catch {
        return;
    }
}

export function remembered() {
    try {
        return localStorage.getItem("ixy-theme") ?? "auto";
    } catch {
        return "auto";
    }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Does the reader want to see as little motion as possible? */
export const isStill = () => still.matches;
