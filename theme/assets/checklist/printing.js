/** What a printed sheet says of itself: whose it is, where it comes from, and when it was printed. */

import { el } from "./dom.js";
import { dayOf, longDate } from "./report.js";

/** Return a line that only paper shows, and a function that sets what stands before site, URL and date. */
export function printed() {
  const site = document.querySelector('meta[property="og:site_name"]')?.getAttribute("content");
  const name = site ?? document.querySelector(".md-header .md-logo")?.getAttribute("title") ?? "";
  const element = el("p", { class: "sg-print-only sg-print-head" });
  /** @type {string[]} */
  let before = [];

  function write() {
    const { origin, pathname } = window.location;
    const day = longDate(dayOf(new Date()));
    element.textContent = [...before, name, `${origin}${pathname}`, `printed on ${day}`].filter(Boolean).join(" · ");
  }

  window.addEventListener("beforeprint", write); // the page may be open for days
  write();
  return {
    element,
    /** @param {string[]} words */
    set(words) {
      before = words;
      write();
    },
  };
}
