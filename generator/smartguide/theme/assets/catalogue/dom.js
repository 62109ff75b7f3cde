/** Elements of a page. Whatever a record says is set as text. */

/**
 * Return an element with attributes and what is in it. An attribute that is true is set without a value; false is left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

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
