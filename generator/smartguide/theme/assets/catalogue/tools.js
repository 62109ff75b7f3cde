/** What one can take away: the filtered list as CSV and JSON, and as HTML for another page. */

/** @import { Answer, List } from "../../../../../types/catalogue.d.ts" */

import { element } from "../search/dom.js";
import { button } from "./dom.js";
import { csv, embedded, usualSeparator } from "./files.js";
import { inSentence } from "./text.js";

/**
 * Return the downloads and the HTML of a list.
 * @param {List} list
 * @param {() => Answer} current what is shown
 * @param {{ api: string, urlOf: (id: string) => string, query: () => string }} site
 */
export function tools(list, current, { api, urlOf, query }) {
  const { data } = list;
  const said = element("p", { role: "status", class: "sg-sub" });
  const separator = element("select");
  for (const [value, text] of /** @type {const} */ ([
    [",", "comma"],
    [";", "semicolon (Excel in most of Europe)"],
  ])) {
    separator.append(new Option(text, value));
  }
  const asCsv = button(
    "Download as CSV",
    () => {
      const sign = separator.value === ";" ? ";" : ",";
      save(`${data.collection}.csv`, "text/csv", csv(list, current(), sign, urlOf));
      said.textContent = `${data.collection}.csv was made.`;
    },
    { class: "md-button" },
  );
  const asJson = button(
    "Download as JSON",
    async () => {
      try {
        save(`${data.collection}.json`, "application/json", await records(list, current(), api));
        said.textContent = `${data.collection}.json was made.`;
      } catch {
        said.textContent = "The records cannot be loaded now. Try again later.";
      }
    },
    { class: "md-button" },
  );
  const html = element("textarea", { readonly: true, rows: "6", spellcheck: "false" });
  const copy = button(
    "Copy the HTML",
    async () => {
      html.select();
      try {
        await navigator.clipboard.writeText(html.value);
        said.textContent = "The HTML is copied.";
      } catch {
        said.textContent = "Your browser does not let this page copy. The HTML is selected: copy it with the keyboard.";
      }
    },
    { class: "md-button" },
  );
  const plain = element("a", {}, "this list without anything else on the page");
  const folded = element(
    "details",
    { class: "sg-catalogue__tools" },
    element("summary", {}, "Download or embed this list"),
    element("div", { class: "sg-catalogue__row" }, asCsv, element("label", {}, "Columns apart by ", separator), asJson),
    element("label", {}, `HTML with the ${inSentence(data.title)} as they are today, for a page of yours`, html),
    element("div", { class: "sg-catalogue__row" }, copy, element("span", {}, "For print: ", plain)),
    said,
  );
  const update = () => {
    if (!folded.open) return;
    const before = query();
    html.value = embedded(list, current(), new URL(before || ".", document.baseURI.split("?")[0]).href, urlOf);
    plain.href = before ? `${before}&embed` : "?embed";
  };
  folded.addEventListener("toggle", update);
  // Not before: how a language writes numbers costs a phone a tenth of a second the first time that a page asks.
  const chooseUsual = () => {
    separator.value = usualSeparator(navigator.language);
  };
  folded.addEventListener("toggle", chooseUsual, { once: true });
  return { element: folded, update };
}

/**
 * Return the records of an answer as the API has them.
 * @param {List} list
 * @param {Answer} answered
 * @param {string} api
 */
async function records({ data }, { rows }, api) {
  const response = await fetch(api);
  if (!response.ok) throw new Error(`${api}: ${response.status}`);
  /** @type {{ result: { id: string }[] }} */
  const whole = await response.json();
  const byId = new Map(whole.result.map((record) => [record.id, record]));
  const result = rows.flatMap((row) => byId.get(data.id[row] ?? "") ?? []);
  return `${JSON.stringify({ ...whole, total: result.length, result }, undefined, 2)}\n`;
}

/**
 * Let the reader save a file.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
