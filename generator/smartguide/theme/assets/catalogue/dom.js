/** What the lists with filters make of elements. */

import { element } from "../search/dom.js";

/**
 * Return a button that does something.
 * @param {string} text
 * @param {() => void} action
 * @param {Record<string, string | boolean>} attributes
 */
export function button(text, action, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", action);
  return made;
}

/**
 * Return the URL of a page of the site, from its URL relative to the root of the site.
 * @param {string} root the way from the page to the root of the site
 * @param {string} url
 */
export function urlOf(root, url) {
  return new URL(url, new URL(root || ".", document.baseURI)).href;
}
