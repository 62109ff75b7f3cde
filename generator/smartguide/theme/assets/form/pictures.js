/** Three small drawings of what to press in a forge. They say in words what they show. */

import { element } from "../search/dom.js";
import { FORGES } from "./forge-words.js";

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {[tag: string, attributes: Record<string, string>, text?: string]} Shape */

/**
 * Return three drawings of what is pressed, as a list.
 * @param {"github" | "gitlab"} kind
 * @param {{ isPasted: boolean, isNew: boolean }} file whether the file has to be pasted, and whether it is a new one
 */
export function pictures(kind, file) {
  const { commit, propose, create } = FORGES[kind];
  const drawings = [editing(commit, file), proposing(propose), creating(create)];
  return element(
    "ul",
    { class: `sg-form-pictures sg-form-pictures--${kind}`, "aria-label": "What it looks like" },
    ...drawings.map((picture) => element("li", {}, picture)),
  );
}

/**
 * Return a drawing with its words for those who do not see it.
 * @param {string} words
 * @param {readonly Shape[]} shapes
 */
function drawing(words, shapes) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 220 120");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", words);
  picture.setAttribute("class", "sg-form-picture");
  const frame = /** @type {Shape} */ ([
    "rect",
    { x: "1", y: "1", width: "218", height: "118", rx: "6", class: "frame" },
  ]);
  for (const [tag, attributes, text] of [frame, ...shapes]) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    picture.append(made);
  }
  return picture;
}

/**
 * Return lines of text.
 * @param {readonly [x: number, y: number, width: number][]} places
 * @param {string} type
 * @returns {Shape[]}
 */
function lines(places, type = "text") {
  return places.map(([x, y, width]) => [
    "rect",
    { x: String(x), y: String(y), width: String(width), height: "7", class: type },
  ]);
}

/**
 * Return a button that is pressed, with the pointer on it.
 * @param {string} words
 * @param {{ right: number, y: number }} place where its right end and its top are
 * @returns {Shape[]}
 */
function pressed(words, { right, y }) {
  const width = 20 + words.length * 7;
  const [x, middle] = [right - width, right - width / 2];
  return [
    ["rect", { x: String(x), y: String(y), width: String(width), height: "26", rx: "4", class: "press" }],
    ["text", { x: String(middle), y: String(y + 17), class: "on-press" }, words],
    ["path", { d: `M${right - 16} ${y + 20} l0 16 l4 -4 l4 8 l3 -2 l-4 -7 l6 0 z`, class: "pointer" }],
  ];
}

/**
 * Return the drawing of the page with the text of the file, and the button above it.
 * @param {string} words what the button says
 * @param {{ isPasted: boolean, isNew: boolean }} file
 */
function editing(words, { isPasted, isNew }) {
  const field = isPasted
    ? isNew
      ? "into which the file is pasted"
      : "whose text is selected, and replaced by what is pasted"
    : "with the file in it";
  /** @type {readonly [number, number, number][]} */
  const rows = [
    [20, 56, 130],
    [20, 70, 100],
    [20, 84, 150],
    [20, 98, 80],
  ];
  return drawing(`A page with a large field ${field}, and the button “${words}” at the top right`, [
    ["rect", { x: "12", y: "46", width: "196", height: "66", rx: "3", class: "field" }],
    ...lines(rows, isPasted && !isNew ? "selected" : "text"),
    ...(isPasted ? [/** @type {Shape} */ (["text", { x: "150", y: "106", class: "key" }, "Ctrl + V"])] : []),
    ...lines([[12, 20, 60]]),
    ...pressed(words, { right: 208, y: 12 }),
  ]);
}

/**
 * Return the drawing of the window that asks for a description, and its button.
 * @param {string} words what the button says
 */
function proposing(words) {
  return drawing(`A window that asks what has changed, with the button “${words}” at its lower right`, [
    ["rect", { x: "24", y: "12", width: "172", height: "96", rx: "5", class: "field" }],
    ...lines([[36, 22, 70]]),
    ["rect", { x: "36", y: "36", width: "148", height: "18", rx: "3", class: "field" }],
    ...lines([[42, 42, 90]]),
    ...pressed(words, { right: 186, y: 66 }),
  ]);
}

/**
 * Return the drawing of the page on which the proposal is made, and its button.
 * @param {string} words what the button says
 */
function creating(words) {
  return drawing(`The page that follows, with the button “${words}”`, [
    ...lines([[12, 16, 120]]),
    ["rect", { x: "12", y: "32", width: "196", height: "34", rx: "3", class: "field" }],
    ...lines([
      [20, 40, 150],
      [20, 52, 110],
    ]),
    ...pressed(words, { right: 208, y: 74 }),
  ]);
}
