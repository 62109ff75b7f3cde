/** Makes elements. No HTML in strings: what a record or a person wrote can only become text. */

/**
 * Return an element. An attribute that is true is set without a value; one that is false or undefined is left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | boolean | undefined>>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const LENS =
  "M9.5 3a6.5 6.5 0 0 1 5.2 10.4l5.7 5.7-1.3 1.3-5.7-5.7A6.5 6.5 0 1 1 9.5 3m0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9";

/**
 * Return the picture of a magnifying glass, which says nothing to a screen reader.
 * @returns {SVGElement}
 */
export function lens() {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", LENS);
  picture.append(path);
  return picture;
}
