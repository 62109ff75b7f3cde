/** What every page has of the search: its button, its keys and its boxes. All else is loaded when it is used. */

import { element, lens } from "./dom.js";
import { FAILED, SearchFrame } from "./frame.js";
import { shortcutIsOn } from "./shortcut.js";

/** @type {SearchFrame | undefined} */
let made;
/** @type {Promise<import("./dialog.js").SearchDialog> | undefined} */
let loading;

/** Return the dialog: one can type in it before anything else is loaded. */
function frame() {
  if (made) return made;
  const fresh = new SearchFrame();
  fresh.input.addEventListener("input", () => {
    if (!loading) begin(); // it could not be loaded before
  });
  fresh.form.addEventListener("submit", (event) => {
    event.preventDefault();
    load()
      .then((dialog) => dialog.openFirst())
      .catch(() => fresh.say(FAILED));
  });
  made = fresh;
  return fresh;
}

function load() {
  loading ??= import("./dialog.js").then(({ SearchDialog }) => new SearchDialog(frame()));
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/**
 * Open the search.
 * @param {string | undefined} question
 */
function open(question) {
  frame().open(question);
  begin();
}

/** Answer what is in the field, as soon as all that it needs is loaded. */
async function begin() {
  try {
    const dialog = await load();
    dialog.begin();
  } catch {
    frame().say(FAILED);
  }
}

/** Put the button into the header, unless a theme has one there. */
function addButton() {
  const header = document.querySelector(".md-header__inner");
  if (!header || header.querySelector("[data-search-open]")) return;
  const button = element(
    "button",
    {
      type: "button",
      class: "md-header__button sg-search-button",
      "data-search-open": "",
      "aria-keyshortcuts": "/ Control+K",
    },
    lens(),
    element("span", {}, "Search"),
  );
  header.insertBefore(button, header.querySelector(".md-header__source"));
}

/** Show the buttons that open the search. */
function showButtons() {
  for (const button of document.querySelectorAll("button[data-search-open]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => open(button.dataset.searchQuery));
  }
}

/** Fill the search boxes: each with a field that opens the search with what was typed. */
function fillBoxes() {
  for (const [number, box] of document.querySelectorAll("[data-search-box]").entries()) {
    if (!(box instanceof HTMLElement)) continue;
    const id = `sg-search-box-${number}`;
    const input = element("input", {
      type: "text",
      id,
      inputmode: "search",
      enterkeyhint: "search",
      autocomplete: "off",
    });
    const form = element(
      "form",
      { role: "search", "aria-label": box.dataset.searchLabel ?? "This site" },
      element("label", { for: id }, box.dataset.searchLabel ?? "Search this site"),
      element(
        "span",
        {},
        input,
        element("button", { type: "submit", class: "md-button md-button--primary" }, "Search"),
      ),
    );
    form.addEventListener("focusin", () => load());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      open(input.value);
    });
    box.replaceChildren(form);
    box.hidden = false;
  }
}

/**
 * Tell whether a key that is pressed somewhere is a letter there.
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/**
 * @param {KeyboardEvent} event
 */
function onKey(event) {
  if (document.querySelector("dialog[open]") || event.altKey) return;
  const withControl = event.ctrlKey || event.metaKey;
  const isLetter = withControl && !event.shiftKey && event.key.toLowerCase() === "k";
  const isSlash = !withControl && event.key === "/" && !isTyping(event.target) && shortcutIsOn();
  if (!(isLetter || isSlash)) return;
  event.preventDefault();
  open(undefined);
}

addButton();
showButtons();
fillBoxes();
window.addEventListener("keydown", onKey);
const sent = new URLSearchParams(window.location.search).get("q");
if (sent) open(sent);
