/** The form for one record, and for those that are new in the same go: what is typed, checked, kept and sent. */

/** @import { Form, Names } from "../../../../../types/form.d.ts" */
/** @import { Context, Draft, NewRecord, Value } from "../../../../../types/record-form.d.ts" */
/** @import { Kind } from "./chooser.js" */
/** @import { Shown } from "./faults.js" */
/** @import { Part } from "./part.js" */

import { button } from "../catalogue/dom.js";
import { element } from "../search/dom.js";
import { changesOf, rebased } from "./changes.js";
import { twice, whenWords } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Entry } from "./entry.js";
import { showBeside, summary, unsaid } from "./faults.js";
import { filesOf } from "./files.js";
import { fieldsOf } from "./model/fields.js";
import { loadForm, loadSource } from "./model/loading.js";
import { recordIn } from "./model/reading.js";
import { fieldsNaming, NAMED_BY, NamedByPart, naming } from "./named-by.js";
import { KnownNames } from "./names.js";
import { freshId, partsAround } from "./part.js";
import { ReferencePart } from "./reference.js";
import { changeList, result } from "./result.js";

/** So many milliseconds nobody must have typed before the draft is saved. */
const PAUSE = 400;

/**
 * What an editor needs of its page: the kinds that it offers, the drafts, the id of the record that is corrected, and
 * what shows another form, which goes on with a draft.
 * @typedef {{ kinds: readonly Kind[], drafts: Drafts, correct?: string, open: (form: Form, draft: Draft) => void }} Options
 */

export class Editor {
  /** @type {Entry[]} the record itself first, then those that are new in the same go */
  #entries = [];
  #draftId = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isPressed = false;
  #isChecked = false;
  /** Whether something was changed since the last check. */
  #typed = false;
  /** What was said to a screen reader of each part that was left: it is not said again as long as it stays. */
  /** @type {WeakMap<Part, string>} */
  #said = new WeakMap();

  /**
   * @param {Form} form
   * @param {Options} options
   */
  constructor(form, { kinds, drafts, correct = "", open }) {
    this.form = form;
    this.one = (/** @type {string} */ name) => kinds.find(({ collection }) => collection === name)?.one ?? "record";
    this.open = open;
    this.drafts = drafts;
    this.correct = correct;
    this.names = new KnownNames(
      () => this.#entries.map((entry) => entry.form),
      () => this.#added(),
    );
    this.context = this.#context();
    this.main = new Entry(form, this.context, {
      names: (entry) => this.#namesFor(entry),
      known: correct,
    });
    this.#entries = [this.main];
    if (!correct && form.named_by.length > 0) {
      const kindsThatName = kinds.filter(({ collection }) => form.named_by.includes(collection));
      const choose = (/** @type {string} */ collection, /** @type {string} */ id) => this.#letName(collection, id);
      const part = new NamedByPart(this.context, this.one(form.collection), kindsThatName, choose);
      this.main.part.addFirst(NAMED_BY, part);
    }
    this.status = element("p", { role: "status", class: "sg-hidden" });
    this.news = element("div");
    this.saved = element("p", { class: "sg-form-saved" });
    this.saved.hidden = true;
    this.changes = element("details", { class: "sg-form-more" });
    this.changes.hidden = true;
    this.answer = element("div");
    this.fields = element("form", { class: "sg-form-fields", novalidate: true, "aria-label": this.#title() });
    this.notice = element("div");
    this.element = element("div", { class: "sg-form-editor" });
  }

  #title() {
    const one = this.one(this.form.collection);
    if (this.correct) return `Correct ${this.main.label || "a record"}`;
    return `Add ${/^[aeiou]/iu.test(one) ? "an" : "a"} ${one}`;
  }

  /** @returns {Context} */
  #context() {
    return {
      load: (collection) => this.names.load(collection),
      rows: (collection) => this.names.rows(collection),
      added: (collection, key, value) =>
        this.#entries.slice(1).find((entry) => entry.collection === collection && entry.valueFor(key) === value),
      one: this.one,
      add: (collection, name) => this.#addRecord(collection, name),
      say: (words) => this.say(words),
    };
  }

  /** Say something to a screen reader. @param {string} words */
  say(words) {
    this.status.textContent = words;
  }

  /**
   * Show the form. With a draft it goes on where somebody stopped.
   * @param {Draft | undefined} draft
   */
  async start(draft) {
    if (this.correct) await this.#readRecord();
    const now = this.main.value;
    if (draft) await this.#restore(draft, now);
    const only = this.form.only_ci;
    this.fields.append(
      this.main.part.element,
      this.news,
      ...(only.length > 0 ? [onlyLater(only.map(({ words }) => words))] : []),
      element(
        "div",
        { class: "sg-form-end" },
        button("Check and see the file", () => this.check(), { class: "md-button md-button--primary" }),
        this.saved,
      ),
    );
    this.heading = element("h2", { tabindex: "-1", id: freshId("title") }, this.#title());
    this.element.append(
      element("p", { class: "sg-form-back" }, element("a", { href: location.pathname }, "Choose something else")),
      this.heading,
      this.#lead(),
      this.notice,
      this.changes,
      this.fields,
      this.answer,
      this.status,
    );
    this.#listen();
    this.#update();
    this.fields.setAttribute("aria-label", this.#title());
  }

  #lead() {
    const words = this.correct
      ? "This is the record as it is now. Change what is wrong; everything else stays as it is, to the letter."
      : "First what is needed. Fields without the mark “required” can stay empty.";
    return element("p", { class: "sg-form-lead" }, words);
  }

  /** Read the record that is corrected. Rejects if it is not there. */
  async #readRecord() {
    const { main, form } = this;
    main.text = await loadSource(form, this.correct);
    main.before = recordIn(main.text, form.in_one_file ? this.correct : undefined);
    if (main.before === undefined) throw new Error("there is no such record");
    main.part.set(main.before);
  }

  /**
   * @param {Draft} draft
   * @param {Value} now the record as it is now, if one is corrected
   */
  async #restore(draft, now) {
    const [first, ...others] = draft.records;
    if (!first) return;
    for (const saved of others) {
      const entry = await this.#append(saved.collection);
      entry?.fill(saved);
    }
    const value = this.correct ? rebased(draft.before, first.value, now) : first.value;
    this.main.fill({ id: first.id, value });
    this.#referAgain(others.map(({ id }) => id));
    this.#draftId = draft.id;
    if (await this.drafts.hold(draft.id)) {
      if (this.drafts.get(draft.id)) this.#showSaved(draft.saved);
    } else {
      this.#draftId = "";
      this.notice.append(element("p", {}, "This draft is open in another tab. Here you work on a copy of it."));
    }
  }

  /**
   * Let references find the records of a draft that are new in the same go.
   * @param {readonly string[]} ids what referred to each when the draft was saved
   */
  #referAgain(ids) {
    for (const part of this.#references()) {
      const value = part.compute();
      const at = ids.findIndex((id, number) => {
        const added = this.#entries[number + 1];
        return added?.collection === part.collection && (id === value || added.valueFor(part.key) === value);
      });
      const entry = this.#entries[at + 1];
      if (at >= 0 && entry) part.refer(entry);
    }
  }

  /** @returns {ReferencePart[]} */
  #references() {
    /** @type {(part: Part) => ReferencePart[]} */
    const below = (part) => (part instanceof ReferencePart ? [part] : part.children.flatMap(below));
    return this.#entries.flatMap((entry) => below(entry.part));
  }

  #listen() {
    this.fields.addEventListener("submit", (event) => event.preventDefault());
    this.fields.addEventListener("input", () => this.#changed());
    this.fields.addEventListener("focusout", (event) => this.#left(event));
    for (const type of ["pointerdown", "pointerup", "pointercancel"]) {
      addEventListener(
        type,
        () => {
          this.#isPressed = type === "pointerdown";
        },
        { capture: true },
      );
    }
    addEventListener("pagehide", () => this.#save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#save());
  }

  #changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), PAUSE);
    this.#typed = true;
    this.answer.replaceChildren();
    this.#update();
    if (this.#isChecked) this.#showFaults(false);
  }

  /** Show what follows from the values. */
  #update() {
    for (const entry of this.#entries) entry.part.update();
    for (const part of this.#references()) part.refresh();
    for (const [number, section] of [...this.news.children].entries()) {
      const entry = this.#entries[number + 1];
      const title = section.querySelector("h3");
      if (entry && title) title.textContent = `New ${this.one(entry.collection)}: ${entry.label || "without a name"}`;
    }
    if (this.correct) this.#showChanges();
  }

  #showChanges() {
    const found = changesOf(fieldsOf(this.form), this.main.before, this.main.value);
    this.changes.hidden = found.length === 0;
    const count = found.length === 1 ? "One change" : `${found.length} changes`;
    const isOpen = this.changes.open;
    this.changes.replaceChildren(element("summary", {}, `${count} so far`), changeList(found));
    this.changes.open = isOpen;
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const next = event.relatedTarget;
    const left = partsAround(event.target).filter((part) => !(next instanceof Node && part.element.contains(next)));
    if (left.length === 0) return;
    const look = () => {
      for (const part of left) part.isLeft = true;
      const words = unsaid(this.#showFaults(false), left, this.#said);
      if (words !== "") this.say(words);
    };
    // What is shown moves what is below it: not between the press and the release of a mouse.
    if (this.#isPressed) addEventListener("pointerup", () => setTimeout(look), { once: true });
    else look();
  }

  /**
   * Show what is wrong beside the fields.
   * @param {boolean} all also with fields that nobody has left yet
   */
  #showFaults(all) {
    return this.#entries.flatMap((entry) => showBeside(entry, this.#faultsOf(entry), all || this.#isChecked));
  }

  /** @param {Entry} entry */
  #faultsOf(entry) {
    const isNamed = this.#entries.some((other) => other !== entry && other.isNaming(entry));
    const nameIn = entry === this.main ? [] : fieldsNaming(this.form, entry.collection);
    return entry.check(this.names.loaded, this.#added(entry), isNamed, nameIn);
  }

  /**
   * Return the records that are new in the same go.
   * @param {Entry} [but] is left out
   * @returns {Names}
   */
  #added(but) {
    /** @type {Record<string, import("../../../../../types/form.d.ts").Row[]>} */
    const found = {};
    for (const entry of this.#entries.slice(1)) {
      if (entry !== but) found[entry.collection] = [...(found[entry.collection] ?? []), entry.row];
    }
    return found;
  }

  /**
   * Return the names of all records but one that is new: of two that are new, the second one knows the first.
   * @param {Entry} entry
   * @returns {Names}
   */
  #namesFor(entry) {
    const { loaded } = this.names;
    const before = this.#entries
      .slice(1, this.#entries.indexOf(entry))
      .filter((one) => one.collection === entry.collection);
    return { ...loaded, [entry.collection]: [...(loaded[entry.collection] ?? []), ...before.map((one) => one.row)] };
  }

  /** Check everything, and show what is wrong, or the files. */
  async check() {
    const isLoaded = await this.names.loadAll().then(
      () => true,
      () => false,
    );
    this.#isChecked = true;
    const shown = this.#showFaults(true);
    this.#typed = false;
    const end = await this.#end(shown, isLoaded);
    if (this.#typed) return; // something was changed meanwhile
    this.answer.replaceChildren(end);
    const heading = this.answer.querySelector("h3") ?? end;
    heading.focus();
    heading.scrollIntoView({ block: "start" });
  }

  /**
   * Return what a check leads to: what is wrong, or the files.
   * @param {readonly Shown[]} shown
   * @param {boolean} isLoaded whether the names of other records were there
   * @returns {Promise<HTMLElement>}
   */
  async #end(shown, isLoaded) {
    const count = shown.length === 1 ? "One thing to correct" : `${shown.length} things to correct`;
    if (shown.length > 0) return summary(shown, count, this.#entries.length > 1);
    if (isLoaded) return await this.#result();
    const words =
      "The names of other records did not load, so this could not be checked. Try again when you are online.";
    return element("p", { class: "sg-form-fault", tabindex: "-1" }, words);
  }

  async #result() {
    try {
      const files = await filesOf(this.#entries);
      const changes = this.correct ? changesOf(fieldsOf(this.form), this.main.before, this.main.value) : [];
      return result({
        form: this.form,
        files,
        changes,
        title: this.#subject(),
        say: (words) => this.say(words),
        forget: () => this.#forget(),
      });
    } catch {
      return element(
        "p",
        { class: "sg-form-fault", tabindex: "-1" },
        "The file could not be made. Check your connection, and try again.",
      );
    }
  }

  /**
   * Go on with the correction of a record that is to name the new one.
   * @param {string} collection
   * @param {string} id
   */
  async #letName(collection, id) {
    try {
      const form = await loadForm(collection);
      const before = recordIn(await loadSource(form, id), form.in_one_file ? id : undefined);
      const first = { collection, id, value: naming(form, before, this.main) };
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.drafts.delete(this.#draftId);
      const saved = new Date().toISOString();
      const records = [first, ...this.#entries.map((entry) => entry.saved)];
      const draft = {
        id: freshDraftId(),
        title: String(before?.[form.label] ?? id),
        saved,
        correct: id,
        before,
        records,
      };
      this.drafts.save(draft);
      this.open(form, draft);
    } catch {
      this.say("The record did not load. Check your connection, and try again.");
    }
  }

  #subject() {
    const name = this.main.label || this.main.id;
    return this.correct ? `Correct ${name}` : `Add ${name}`;
  }

  /**
   * @param {string} collection
   * @param {string} name
   * @returns {Promise<NewRecord | undefined>} undefined if its form did not load
   */
  async #addRecord(collection, name) {
    const entry = await this.#append(collection);
    entry?.part.fill({ [entry.form.label]: name });
    if (entry) this.say(`${name} will be added. Its fields are below those of this record.`);
    return entry;
  }

  /** @param {string} collection */
  async #append(collection) {
    let form;
    try {
      form = await loadForm(collection);
    } catch {
      return;
    }
    const entry = new Entry(form, this.context, { names: (one) => this.#namesFor(one), level: 4 });
    this.#entries.push(entry);
    const title = element("h3", { id: freshId("new"), tabindex: "-1" });
    const words = `Remove this new ${this.one(collection)}`;
    this.news.append(
      element(
        "section",
        { class: "sg-form-new", "aria-labelledby": title.id },
        title,
        entry.part.element,
        twice(words, "Press again to remove it", () => this.#takeOut(entry)),
      ),
    );
    return entry;
  }

  /** @param {Entry} entry */
  #takeOut(entry) {
    const at = this.#entries.indexOf(entry);
    const referring = this.#references().find((part) => part.added === entry);
    for (const part of this.#references()) part.forget(entry);
    this.#entries.splice(at, 1);
    this.news.children[at - 1]?.remove();
    this.say(`${entry.label} was removed.`);
    (referring ?? this.main.part).focus();
    this.#changed();
  }

  #save() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#draftId === "") {
      this.#draftId = freshDraftId();
      this.drafts.hold(this.#draftId);
      const url = new URL(location.href);
      url.searchParams.set("draft", this.#draftId);
      history.replaceState(history.state, "", url);
    }
    const saved = new Date().toISOString();
    const isSaved = this.drafts.save({
      id: this.#draftId,
      title: this.main.label,
      saved,
      correct: this.correct,
      before: this.main.before ?? null,
      records: this.#entries.map((entry) => entry.saved),
    });
    if (isSaved) this.#showSaved(saved);
    else {
      this.saved.hidden = false;
      this.saved.replaceChildren("This browser keeps no draft: what you type is lost when you leave the page.");
    }
  }

  /** @param {string} date */
  #showSaved(date) {
    if (this.saved.contains(document.activeElement)) return;
    this.saved.hidden = false;
    this.saved.replaceChildren(
      `Draft saved in this browser ${whenWords(date)}. `,
      twice("Delete the draft", "Press again to delete it", () => this.#forget()),
    );
  }

  /** Delete the draft, and begin anew. */
  #forget() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.drafts.delete(this.#draftId);
    location.assign(location.pathname);
  }
}

/** Return an id that no other draft has. */
function freshDraftId() {
  return crypto.randomUUID?.() ?? String(Math.random()).slice(2);
}

/** @param {readonly string[]} checks */
function onlyLater(checks) {
  return element(
    "details",
    { class: "sg-form-more" },
    element("summary", {}, "What is checked only after you have sent it"),
    element("ul", {}, ...checks.map((words) => element("li", {}, words))),
  );
}
