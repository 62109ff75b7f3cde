/** The dialog of the search as it opens: its field takes what is typed while everything else of the search is loaded. */

import { element } from "./dom.js";

export const FAILED = "The search could not be loaded. Check your connection, then type again.";
const LOADING = "The search is loading.";

export class SearchFrame {
  constructor() {
    this.input = element("input", {
      type: "text",
      id: "sg-search-input",
      class: "sg-search__input",
      inputmode: "search",
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-describedby": "sg-search-help",
    });
    const close = element("button", { type: "button", class: "sg-tool", "aria-label": "Close the search" }, "✕");
    this.form = element(
      "form",
      { role: "search", class: "sg-search__form" },
      element("label", { for: this.input.id, class: "sg-search__label" }, "Search"),
      this.input,
      close,
    );
    this.status = element("p", { role: "status", class: "sg-search__status" });
    this.dialog = element("dialog", { class: "sg-search", "aria-label": "Search" }, this.form, this.status);
    /** @type {Element | null} */
    this.opener = null;
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.giveFocusBack());
    document.body.append(this.dialog);
    this.say(LOADING);
  }

  /**
   * Open the dialog; `question` takes the place of what was asked before, if it is given.
   * @param {string | undefined} question
   */
  open(question) {
    if (!this.dialog.open) {
      this.opener = document.activeElement;
      this.dialog.showModal();
    }
    if (question !== undefined) this.input.value = question;
    this.input.focus();
    if (question === undefined) this.input.select();
  }

  giveFocusBack() {
    if (this.opener instanceof HTMLElement && this.opener !== document.body) this.opener.focus({ preventScroll: true });
  }

  /**
   * Say how the search is getting on: it is shown, and read by screen readers.
   * @param {string} text
   */
  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}
