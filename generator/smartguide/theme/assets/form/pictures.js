/** Three small drawings of what to press in a forge. They say in words what they show. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {[tag: string, attributes: Record<string, string>, text?: string]} Shape */

/**
 * Return a drawing with its words for those who do not see it.
 * @param {string} words
 * @param {readonly Shape[]} shapes
 */
function drawing(words, shapes) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 220 110");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", words);
  picture.setAttribute("class", "sg-form-picture");
  const frame = /** @type {Shape} */ ([
    "rect",
    { x: "1", y: "1", width: "218", height: "108", rx: "6", class: "frame" },
  ]);
  for (const [tag, attributes, text] of [frame, ...shapes]) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    picture.append(made);
  }
  return picture;
}

/** @type {readonly Shape[]} */
const FIELD = [["rect", { x: "12", y: "34", width: "196", height: "64", rx: "3", class: "field" }]];
const LINES = [46, 58, 70, 82];

/**
 * Return the drawing of a large field whose text is selected, and replaced.
 * @param {boolean} isNew
 */
export function pasting(isNew) {
  const words = isNew
    ? "The page for a new file: the name of the file above, and a large empty field, into which the file is pasted"
    : "The page of the file: the whole text in the large field is selected, and replaced by what is pasted";
  /** @type {Shape[]} */
  const lines = LINES.map((y, number) => [
    "rect",
    {
      x: "20",
      y: String(y - 3),
      width: String([150, 110, 170, 90][number]),
      height: "7",
      class: isNew ? "text" : "selected",
    },
  ]);
  return drawing(words, [
    ["text", { x: "12", y: "22", class: "words" }, isNew ? "my-file.yml" : "Edit file"],
    ...FIELD,
    ...lines,
    ["text", { x: "150", y: "92", class: "key" }, "Ctrl + V"],
  ]);
}

/**
 * Return the drawing of the button with which a change is kept.
 * @param {string} words what the button says
 */
export function committing(words) {
  return drawing(`The button “${words}”, at the top right or at the end of the page`, [
    ["rect", { x: "12", y: "48", width: "196", height: "50", rx: "3", class: "field" }],
    ["rect", { x: "96", y: "12", width: "112", height: "26", rx: "4", class: "press" }],
    ["text", { x: "152", y: "29", class: "on-press" }, words],
    ["path", { d: "M170 34 l0 16 l4 -4 l4 8 l3 -2 l-4 -7 l6 0 z", class: "pointer" }],
  ]);
}

/**
 * Return the drawing of the button with which a change is proposed.
 * @param {string} words what the button says
 */
export function proposing(words) {
  return drawing(`The green button “${words}” on the page that follows`, [
    ["rect", { x: "12", y: "14", width: "120", height: "8", class: "text" }],
    ["rect", { x: "12", y: "30", width: "160", height: "8", class: "text" }],
    ["rect", { x: "12", y: "56", width: "150", height: "28", rx: "4", class: "press" }],
    ["text", { x: "87", y: "74", class: "on-press" }, words],
    ["path", { d: "M134 78 l0 16 l4 -4 l4 8 l3 -2 l-4 -7 l6 0 z", class: "pointer" }],
  ]);
}
