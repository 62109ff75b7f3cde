/** A reference to another record: found by any of its names, also misspelt; what is not there can be added. */

/** @import { Field, Row } from "../../../../../types/form.d.ts" */
/** @import { Context, NewRecord, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { fold } from "../search/fold.js";
import { find } from "./lookup.js";
import { freshId } from "./part.js";
import { ControlPart } from "./simple.js";

/** What an element is told when the name of a record has arrived that it showed the id of. */
export const NAMED = "sg-named";

/** @typedef {{ row?: Row, words: string, detail: string }} Option */

export class ReferencePart extends ControlPart {
  /** The value that the text in the field stands for: what a record is referred to by. */
  #chosen = "";
  /** The text that stands for it. */
  #shown = "";
  /** A record of this form that is referred to; its id changes with its name. */
  /** @type {NewRecord | undefined} */
  #added;
  /** @type {readonly Option[]} */
  #options = [];
  #active = -1;
  #asked = 0;

  /**
   * @param {Field} field
   * @param {Context} context
   */
  constructor(field, context) {
    const list = element("ul", { role: "listbox", id: freshId("options"), class: "sg-form-options" });
    const control = element("input", {
      type: "text",
      role: "combobox",
      class: "sg-form-control",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "Type a name",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    });
    super(field, context, control);
    this.collection = field.collection ?? "";
    this.key = field.key ?? "";
    this.list = list;
    list.hidden = true;
    list.setAttribute("aria-label", "Records with a name like this");
    this.note = element("p", { class: "sg-form-note" });
    this.note.hidden = true;
    const box = element("div", { class: "sg-form-combobox" });
    control.replaceWith(box);
    box.append(control, list);
    this.element.insertBefore(this.note, this.fault);
    this.#listen(control);
  }

  /** @param {HTMLInputElement} control */
  #listen(control) {
    control.addEventListener("focus", () => this.context.load(this.collection));
    control.addEventListener("input", () => this.#typed());
    control.addEventListener("keydown", (event) => this.#pressed(event));
    control.addEventListener("blur", () => this.#leave());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
    this.list.addEventListener("click", ({ target }) => {
      const option = target instanceof Element ? target.closest("[role=option]") : null;
      if (option) this.#choose([...this.list.children].indexOf(option));
    });
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    this.#added = undefined;
    this.#chosen = value === undefined || value === null ? "" : String(value);
    this.#shown = this.#chosen;
    this.control.value = this.#chosen;
    this.#note();
    if (this.#chosen === "") return;
    const asked = this.#chosen;
    this.context.load(this.collection).then(
      () => this.#chosen === asked && this.#name(),
      () => undefined, // the id is shown
    );
  }

  /** Show the name of the record that is referred to. */
  #name() {
    const row = this.context.rows(this.collection).find((one) => this.#valueOf(one) === this.#chosen);
    if (!row || this.control.value !== this.#shown) return;
    this.#shown = row[1];
    this.control.value = row[1];
    this.#note();
    this.#named();
  }

  /** @override */
  compute() {
    const text = this.control.value.trim();
    if (text === "") return;
    if (text !== this.#shown.trim()) return text;
    return this.#added ? this.#added.valueFor(this.key) : this.#chosen;
  }

  /**
   * Refer to a record of this form.
   * @param {NewRecord} record
   */
  refer(record) {
    this.#added = record;
    this.#chosen = record.valueFor(this.key);
    this.#shown = record.label;
    this.control.value = record.label;
    this.#note();
    this.#named();
  }

  /** Show the name that a record of this form has now. */
  refresh() {
    if (!this.#added || this.control.value !== this.#shown) return;
    if (this.#added.label === this.#shown) return;
    this.#shown = this.#added.label;
    this.control.value = this.#shown;
    this.#named();
  }

  /** Tell the list around that another name is shown. */
  #named() {
    this.element.dispatchEvent(new Event(NAMED, { bubbles: true }));
  }

  /**
   * Forget a record of this form that was taken out.
   * @param {NewRecord} record
   */
  forget(record) {
    if (this.#added !== record) return;
    this.fill(undefined);
  }

  /** The record of this form that is referred to, if it is one. */
  get added() {
    return this.control.value === this.#shown ? this.#added : undefined;
  }

  /** @param {Row} row */
  #valueOf([id, , , values]) {
    return this.key ? (values?.[this.key] ?? "") : id;
  }

  /**
   * Say what went wrong, to those who see the page and to those who hear it.
   * @param {string} words
   */
  #tell(words) {
    this.note.hidden = false;
    this.note.replaceChildren(words);
    this.context.say(words);
  }

  #note() {
    const added = this.#added;
    this.note.hidden = !added;
    if (!added) return;
    const link = element("a", { href: "#" }, "Fill in its details");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      added.focus();
    });
    this.note.replaceChildren("New: it is added together with this record. ", link);
  }

  async #typed() {
    this.#asked += 1;
    const asked = this.#asked;
    const text = this.control.value.trim();
    if (text !== this.#shown.trim()) this.note.hidden = true;
    if (text === "") {
      this.#close();
      return;
    }
    let options = /** @type {Option[]} */ ([]);
    try {
      await this.context.load(this.collection);
      const found = await find(this.context.rows(this.collection), text);
      options = found.map(({ row, name }) => this.#option(row, name));
    } catch {
      if (asked !== this.#asked) return;
      this.#close(); // what is not found may be there all the same: it is not offered to be added
      this.#tell("The names did not load. Check your connection, and type again.");
      return;
    }
    if (asked !== this.#asked || document.activeElement !== this.control) return;
    if (!this.added) this.note.hidden = true;
    const one = this.context.one(this.collection);
    this.#open([...options, { words: `Not in the list: add “${text}”`, detail: `as a new ${one}` }]);
  }

  /**
   * @param {Row} row
   * @param {string} name the name by which it was found, if it is not its own
   * @returns {Option}
   */
  #option(row, name) {
    const value = this.#valueOf(row);
    const isNew = this.context.added(this.collection, this.key, value) !== undefined;
    const details = [name && `also called “${name}”`, isNew ? "new in this form" : value];
    return { row, words: row[1], detail: details.filter(Boolean).join(", ") };
  }

  /** @param {readonly Option[]} options */
  #open(options) {
    this.#options = options;
    this.list.replaceChildren(
      ...options.map(({ row, words, detail }) =>
        element(
          "li",
          { role: "option", id: freshId("option"), "aria-selected": "false", class: row ? "" : "sg-form-option--add" },
          words,
          element("span", { class: "sg-form-option__detail" }, detail),
        ),
      ),
    );
    this.list.hidden = false;
    this.control.setAttribute("aria-expanded", "true");
    this.#activate(-1);
    const count = options.filter(({ row }) => row).length;
    this.context.say(
      count === 0 ? "Nothing found. The arrow keys lead to what can be added." : `${count} found. Use the arrow keys.`,
    );
  }

  #close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.#options = [];
    this.#active = -1;
    this.control.setAttribute("aria-expanded", "false");
    this.control.removeAttribute("aria-activedescendant");
  }

  /** @param {number} at */
  #activate(at) {
    this.#active = at;
    for (const [number, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(number === at));
      if (number === at) {
        this.control.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
    if (at < 0) this.control.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const isOpen = !this.list.hidden;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      if (isOpen && event.altKey && by < 0) this.#close();
      else if (isOpen)
        this.#activate(
          (this.#active + by + this.#options.length + (this.#active < 0 && by < 0 ? 1 : 0)) % this.#options.length,
        );
      else this.#showAll();
    } else if (event.key === "Enter") {
      event.preventDefault(); // the form is not sent
      if (isOpen && this.#active >= 0) this.#choose(this.#active);
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Tab") {
      this.#close(); // before the browser looks for the next stop: some take a list that scrolls for one
    }
  }

  /** Show the records by name, if there is no text to find them by. */
  async #showAll() {
    if (this.control.value.trim() !== "") {
      await this.#typed();
      return;
    }
    try {
      await this.context.load(this.collection);
    } catch {
      this.#tell("The names did not load. Check your connection, and try again.");
      return;
    }
    const rows = this.context.rows(this.collection).toSorted((a, b) => a[1].localeCompare(b[1], "en"));
    if (rows.length > 0) this.#open(rows.slice(0, 50).map((row) => this.#option(row, "")));
  }

  /** @param {number} at */
  async #choose(at) {
    const option = this.#options[at];
    const text = this.control.value.trim();
    this.#close();
    if (!option) return;
    if (option.row) this.#take(option.row);
    else {
      const added = await this.context.add(this.collection, text);
      if (added) this.refer(added);
      else this.#tell("The fields for it did not load. Check your connection, and try again.");
    }
    this.changed();
  }

  /** @param {Row} row */
  #take(row) {
    const value = this.#valueOf(row);
    const added = this.context.added(this.collection, this.key, value);
    if (added) {
      this.refer(added);
      return;
    }
    this.#added = undefined;
    this.#chosen = value;
    this.#shown = row[1];
    this.control.value = row[1];
    this.#note();
  }

  /** Take a name that was typed as it is: one that several records have says nothing. */
  #leave() {
    this.#asked += 1;
    this.#close();
    const text = fold(this.control.value.trim());
    if (text === "" || this.control.value.trim() === this.#shown.trim()) return;
    const rows = this.context.rows(this.collection);
    const same = rows.filter(
      (row) =>
        this.#valueOf(row) === this.control.value.trim() ||
        [row[1], ...(row[2] ?? [])].some((name) => fold(name) === text),
    );
    if (same.length === 1 && same[0]) {
      this.#take(same[0]);
      this.changed();
    }
  }
}
