/** The script of every page. It loads the other modules only where the page has a checklist, a plan button or the plan. */

/** @import { Store } from "./storage.js" */

/** @type {NodeListOf<HTMLElement>} */
const lists = document.querySelectorAll("[data-sg-checklist]");
/** @type {NodeListOf<HTMLElement>} */
const buttons = document.querySelectorAll("[data-sg-add]");
/** @type {NodeListOf<HTMLElement>} */
const adders = document.querySelectorAll(".sg-add-to-plan");
/** @type {HTMLElement | null} */
const plan = document.querySelector("[data-sg-plan]");

/** @type {Promise<void> | null} */
let started = null;

if (lists.length > 0 || buttons.length > 0 || plan) {
  await start();
} else {
  await showCount();
  for (const press of adders) startWhenPressed(press);
}
document.documentElement.dataset.sgReady = ""; // tests wait for it

/** Load what the parts of this page need, once, and let them work. */
function start() {
  started ??= load();
  return started;
}

async function load() {
  const [{ Store }, { refreshUndo }] = await Promise.all([import("./storage.js"), import("./notices.js")]);
  const store = new Store();
  store.onChange(refreshUndo);
  store.onChange(() => showCount());
  store.listen();
  if (plan) (await import("./plan.js")).planPage(plan, store);
  if (buttons.length > 0 || adders.length > 0) {
    const { addButton, planButton } = await import("./planbutton.js");
    for (const root of buttons) planButton(root, store);
    for (const press of adders) addButton(press, store);
  }
  if (lists.length > 0) {
    const { checklist } = await import("./checklist.js");
    followFormerIds(store);
    for (const root of lists) checklist(root, store);
  }
}

/**
 * Show a button that adds actions to the plan. A page that has nothing else of the plan loads the rest when it is pressed.
 * @param {HTMLElement} press
 */
function startWhenPressed(press) {
  press.hidden = !press.dataset.actions?.trim();
  press.addEventListener("click", async () => {
    if (started) return; // the button works by itself by now
    await start();
    press.click();
  });
}

/** Show in the menu how many actions the plan has, if this browser has one. */
async function showCount() {
  const base = new URL("../../", import.meta.url);
  const site = base.pathname === "/" ? "" : `:${base.pathname}`;
  let text;
  try {
    const keys = [`smart-guide:plans:v2${site}`, `smart-guide:plan:v1${site}`];
    text = keys.map((key) => window.localStorage.getItem(key)).find((one) => one !== null);
  } catch {
    return; // the pages of checklists and of the plan say so
  }
  if (text) (await import("./menu.js")).showCount(text, new URL("plan/", base).href);
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
