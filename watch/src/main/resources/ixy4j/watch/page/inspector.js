import { html } from "ixy/lib/lit-html/lit-html.js";
import { buffersPanel } from "ixy/buffers-panel.js";
import { countersPanel } from "ixy/counters-panel.js";
import { descriptorPanel } from "ixy/descriptor-panel.js";
import { faultsPanel } from "ixy/faults-panel.js";
import { helpPanel } from "ixy/help-panel.js";
import { registersPanel } from "ixy/registers-panel.js";

export const TABS = [
    { id: "descriptor", title: "Descriptor", panel: descriptorPanel },
    { id: "registers", title: "Registers", panel: registersPanel },
    { id: "counters", title: "Counters", panel: countersPanel },
    { id: "buffers", title: "Buffers", panel: buffersPanel },
    { id: "break", title: "Break it", panel: faultsPanel },
    { id: "help", title: "Help", panel: helpPanel },
];

/** Tabs, and the panel of the one that is chosen. */
export function inspector(page) {
    const chosen = TABS.find(({ id }) => id === page.tab);
    return html`<div class="tabs" role="tablist" aria-label="Inspector" @keydown=${(event) => keyed(event, page)}>
            ${TABS.map(({ id, title }) => {
                const on = id === chosen.id;
                return html`<button
                    type="button"
                    role="tab"
                    id=${`tab-${id}`}
                    aria-selected=${on}
                    aria-controls="panel"
                    tabindex=${on ? 0 : -1}
                    @click=${() => page.show.tab(id)}
                >
                    ${title}
                </button>`;
            })}
        </div>
        <div class="panel panel-${chosen.id}" id="panel" role="tabpanel" tabindex="0" aria-labelledby=${`tab-${chosen.id}`}>
            ${chosen.panel(page)}
        </div>`;
}

function keyed(event, page) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const at = TABS.findIndex(({ id }) => id === page.tab);
    const { id } = TABS[(at + by + TABS.length) % TABS.length];
    page.show.tab(id);
    requestAnimationFrame(() => document.getElementById(`tab-${id}`)?.focus());
}
