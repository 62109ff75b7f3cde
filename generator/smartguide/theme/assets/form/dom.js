/** What several modules of the form make of elements. */

import { button } from "../catalogue/dom.js";
import { element } from "../search/dom.js";

/**
 * Return a button that does something that cannot be undone: it asks once more, and does it when it is pressed again.
 * @param {string} words
 * @param {string} really
 * @param {() => void} run
 */
export function twice(words, really, run) {
  let isAsking = false;
  const ask = (/** @type {boolean} */ isOn) => {
    isAsking = isOn;
    made.textContent = isOn ? really : words;
  };
  const made = button(
    words,
    () => {
      if (isAsking) run();
      else ask(true);
    },
    { class: "sg-tool" },
  );
  made.addEventListener("blur", () => ask(false));
  made.addEventListener("keydown", ({ key }) => key === "Escape" && ask(false));
  return made;
}

/**
 * Return a link that opens a new tab, and says so: what is typed here stays.
 * @param {string} words
 * @param {string} url
 * @param {string} type the class of the link
 */
export function newTab(words, url, type = "") {
  return element(
    "a",
    { href: url, target: "_blank", rel: "noopener", class: type },
    words,
    element("span", { class: "sg-hidden" }, " (opens in a new tab)"),
  );
}

/**
 * Let the browser save a text as a file.
 * @param {string} text
 * @param {string} name
 */
export function download(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/yaml;charset=utf-8" }));
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * Put a text into the clipboard, or select it where that is not allowed. Returns what has happened, in words.
 * @param {string} text
 * @param {HTMLElement} shown the element that shows the text
 */
export async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    getSelection()?.selectAllChildren(shown);
    return "The text is selected: copy it with Ctrl+C, or ⌘C.";
  }
}

/**
 * Return when something was saved, as people say it: "today at 14:05", "on 3 May at 14:05".
 * @param {string} date
 */
export function whenWords(date) {
  const then = new Date(date);
  const time = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === new Date().toDateString()) return `today at ${time}`;
  return `on ${then.toLocaleDateString("en-GB", { day: "numeric", month: "long" })} at ${time}`;
}
