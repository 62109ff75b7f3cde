/** The script of every page. It loads the other modules only where the page has a checklist, a plan button or the plan. */

/** @import { Store } from "./storage.js" */

/** @type {NodeListOf<HTMLElement>} */
const lists = document.querySelectorAll("[data-sg-checklist]");
/** @type {NodeListOf<HTMLElement>} */
const buttons = document.querySelectorAll("[data-sg-add]");
/** @type {HTMLElement | null} */
const plan = document.querySelector("[data-sg-plan]");

if (lists.length > 0 || buttons.length > 0 || plan) {
  const [{ Store }, { refreshUndo }] = await Promise.all([import("./storage.js"), import("./notices.js")]);
  const store = new Store();
  store.onChange(refreshUndo);
  store.listen();
  if (plan) (await import("./plan.js")).planPage(plan, store);
  if (lists.length > 0 || buttons.length > 0) {
    const [{ checklist }, { planButton }] = await Promise.all([import("./checklist.js"), import("./planbutton.js")]);
    followFormerIds(store);
    for (const root of buttons) planButton(root, store);
    for (const root of lists) checklist(root, store);
  }
  document.documentElement.dataset.sgReady = ""; // tests wait for it
}

/**
 * An action that was renamed keeps its ticks.
 * @param {Store} store
 */
function followFormerIds(store) {
  /** @type {Map<string, string>} */
  const current = new Map();
  for (const { dataset } of lists) {
    for (const former of (dataset.former ?? "").split(" ").filter(Boolean))
      current.set(former, dataset.sgChecklist ?? "");
  }
  store.follow(current);
}
