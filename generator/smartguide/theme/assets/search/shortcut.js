/** Whether the key `/` opens the search. Nothing is stored unless someone turns it off. */

const KEY = `smartguide:${new URL("../../", import.meta.url).pathname}:no-search-key`;

/** @returns {boolean} */
export function shortcutIsOn() {
  try {
    return window.localStorage.getItem(KEY) === null;
  } catch {
    return true; // a browser may keep nothing
  }
}

/**
 * @param {boolean} on
 */
export function setShortcut(on) {
  try {
    if (on) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, "1");
  } catch {
    // a browser may keep nothing: then the choice holds as long as the page
  }
}
