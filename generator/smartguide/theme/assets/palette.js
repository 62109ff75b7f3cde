/**
 * The palettes of the settings, and the button that leads to the next. What a reader chose is stored, as the theme stores
 * it: its script in the header sets the colours before the page is shown. Nothing is stored before.
 */

/** @import { Choice } from "../../../../types/theme.d.ts" */

const COLOURS = ["media", "scheme", "primary", "accent"];
const NAME = "__palette";
const BY_SYSTEM = "(prefers-color-scheme)";
const buttons = [...document.querySelectorAll("[data-sg-palettes] > button")].filter(
  (button) => button instanceof HTMLButtonElement,
);
const whenIdle = window.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 30));
const light = window.matchMedia("(prefers-color-scheme: light)");

/** @returns {Choice | null} what a reader chose before; null where nothing can be stored, too */
function chosen() {
  try {
    return window.__md_get(NAME);
  } catch {
    return null;
  }
}

/** @returns {number} the number of the palette in use: the chosen one, or the first that the system asks for */
function inUse() {
  const wanted =
    chosen()?.index ?? buttons.findIndex(({ dataset }) => window.matchMedia(dataset.mdColorMedia ?? "").matches);
  return Math.max(0, Math.min(wanted, buttons.length - 1));
}

/**
 * @param {number} index
 * @returns {Record<string, string>} what a palette sets on the body
 */
function colours(index) {
  const of = (/** @type {Element | undefined} */ button) =>
    COLOURS.map((name) => [name, button?.getAttribute(`data-md-color-${name}`) ?? ""]);
  const own = Object.fromEntries(of(buttons[index]));
  if (own.media !== BY_SYSTEM) return own;
  const asked = light.matches ? "(prefers-color-scheme: light)" : "(prefers-color-scheme: dark)";
  const found = buttons.find(({ dataset }) => dataset.mdColorMedia === asked);
  return found ? { ...Object.fromEntries(of(found)), media: BY_SYSTEM } : own;
}

/**
 * Use a palette. Only what is another value is set: each change makes the browser compute all styles.
 * @param {number} index
 */
function use(index) {
  for (const [number, button] of buttons.entries()) button.hidden = number !== index || !button.title;
  for (const [name, value] of Object.entries(colours(index))) {
    const attribute = `data-md-color-${name}`;
    if (document.body.getAttribute(attribute) !== value) document.body.setAttribute(attribute, value);
  }
  whenIdle(tellBrowser);
}

/**
 * Give the parts of the window that the browser draws the colours of the header. Another `color-scheme` than the page
 * came with makes the browser compute all styles.
 */
function tellBrowser() {
  const header = document.querySelector(".md-header");
  if (!header) return;
  const { backgroundColor, colorScheme } = getComputedStyle(header);
  setMeta("theme-color", backgroundColor);
  setMeta("color-scheme", colorScheme);
}

/**
 * @param {string} name
 * @param {string} content
 */
function setMeta(name, content) {
  const known = document.head.querySelector(`meta[name="${name}"]`);
  const meta = known ?? document.createElement("meta");
  if (meta.getAttribute("content") === content) return;
  meta.setAttribute("name", name);
  meta.setAttribute("content", content);
  if (!known) document.head.append(meta);
}

for (const [index, button] of buttons.entries()) {
  button.addEventListener("click", () => {
    const next = (index + 1) % buttons.length;
    document.body.setAttribute("data-md-color-switching", ""); // nothing fades from one colour to the other
    use(next);
    buttons[next]?.focus();
    window.__md_set(NAME, { index: next, color: colours(next) });
    requestAnimationFrame(() => setTimeout(() => document.body.removeAttribute("data-md-color-switching")));
  });
}
if (buttons.length > 0) {
  light.addEventListener("change", () => use(inUse()));
  use(inUse());
}
