/** What a printed sheet says of itself: whose it is, where it comes from, and when it was printed. */

import { el } from "./dom.js";
import { dayOf, longDate } from "./report.js";

/**
 * Return a line that only paper shows, and a function that sets what stands before site, URL and date. The same stands at
 * the foot of each sheet, with its number, where the browser knows margin boxes.
 */
export function printed() {
  const site = document.querySelector('meta[property="og:site_name"]')?.getAttribute("content");
  const name = site ?? document.querySelector(".md-header .md-logo")?.getAttribute("title") ?? "";
  const element = el("p", { class: "sg-print-only sg-print-head" });
  /** @type {string[]} */
  let before = [];
  const sheets = document.head.appendChild(el("style"));

  function write() {
    const { origin, pathname } = window.location;
    const day = longDate(dayOf(new Date()));
    element.textContent = [...before, name, `${origin}${pathname}`, `printed on ${day}`].filter(Boolean).join(" · ");
  }

  window.addEventListener("beforeprint", () => {
    write(); // the page may be open for days
    sheets.textContent = footOfSheets(element.textContent ?? "");
  });
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

/**
 * Return the style sheet that puts a line and the number of the sheet at the foot of each.
 * @param {string} line
 */
function footOfSheets(line) {
  const text = line.replace(/["\\\n\f\r<]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `);
  return `@page {
    @bottom-left { content: "${text}"; font: 7pt sans-serif; color: #000; text-align: left; width: 85%; }
    @bottom-right { content: counter(page) " / " counter(pages); font: 7pt sans-serif; color: #000; }
  }`;
}
