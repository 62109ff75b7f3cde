/** A record that the form is about: the one that is added or corrected, or one that is new in the same go. */

/** @import { Fault, Form, Names, Row } from "../../../../../types/form.d.ts" */
/** @import { Context, NewRecord, SavedRecord, Value } from "../../../../../types/record-form.d.ts" */

import { IdPart } from "./id.js";
import { check } from "./model/checking.js";
import { idFor } from "./model/naming.js";
import { referencesIn } from "./model/references.js";
import { RecordPart } from "./record.js";

/** What stands for the id of a record that has none yet, until its name or somebody gives it one. */
const UNNAMED = "record";

/**
 * Return the path of the file of a record in the repository.
 * @param {Form} form
 * @param {string} id
 */
export function pathOf(form, id) {
  const name = form.in_one_file ? form.file : `${id}.yml`;
  return [form.forge.folder, form.folder, name].filter(Boolean).join("/");
}

/** @implements {NewRecord} */
export class Entry {
  /**
   * @param {Form} form
   * @param {Context} context
   * @param {{ names: (entry: Entry) => Names, known?: string, level?: number }} options `names` returns the names of all
   *   other records, `known` is the id of a record that is there already, `level` that of the record's headings
   */
  constructor(form, context, { names, known = "", level = 3 }) {
    this.form = form;
    this.collection = form.collection;
    this.names = names;
    this.known = known;
    this.part = new RecordPart(form, context, level);
    if (!known) this.part.addBelowName("id", new IdPart(form, context));
    /** The record as it was, and the text of its file; of a new record there is neither. */
    /** @type {Value} */
    this.before = undefined;
    this.text = "";
  }

  /** @returns {Value} */
  get value() {
    return this.part.value();
  }

  /** The name of the record; empty as long as nobody has given it one. */
  get label() {
    const name = this.value?.[this.form.label];
    return name === undefined || name === null ? "" : String(name);
  }

  get id() {
    return this.known || idFor(this.form, this.value, this.names(this), this.typedId);
  }

  /** The id that somebody has typed, for a name that gives none. */
  get typedId() {
    return String(this.part.child("id")?.value() ?? "");
  }

  /** The path of its file in the repository. */
  get path() {
    return pathOf(this.form, this.id);
  }

  /** The record as others can refer to it. @returns {Row} */
  get row() {
    const texts = Object.entries(this.value ?? {}).filter(([, value]) => typeof value === "string");
    return [this.id || UNNAMED, this.label, [], Object.fromEntries(texts)];
  }

  /**
   * Return what refers to the record: its id, or the value of a property.
   * @param {string} key the property; empty for the id
   */
  valueFor(key) {
    const id = this.id || UNNAMED;
    return key ? String(this.value?.[key] ?? id) : id;
  }

  /** Move to the fields of the record: to the first that is needed and empty. */
  focus() {
    const empty = this.part.children.find((part) => part.isEmpty && !part.mark.hidden && !part.element.hidden);
    (empty ?? this.part).focus();
  }

  /**
   * Show what was saved of the record.
   * @param {Omit<SavedRecord, "collection">} saved
   */
  fill({ id, value }) {
    this.part.fill(value);
    this.part.child("id")?.fill(id);
  }

  /**
   * Tell whether the record names another one.
   * @param {Entry} other
   */
  isNaming(other) {
    return referencesIn(this.form, this.value ?? {}).some(
      ({ value, ref }) => ref.collection === other.collection && String(value) === other.valueFor(ref.key),
    );
  }

  /**
   * Return what is wrong with the record.
   * @param {Names} names
   * @param {Names} added the other records that are new in the same go
   * @param {boolean} isNamed whether one of these names it
   * @param {readonly string[]} nameIn the fields in which it could be named
   * @returns {Fault[]}
   */
  check(names, added, isNamed, nameIn) {
    const own = this.known ? { id: this.known } : { newId: this.id, isNamed, nameIn };
    return check(this.form, this.value, names, { ...own, added });
  }

  /** @returns {SavedRecord} */
  get saved() {
    return { collection: this.collection, id: this.id, value: this.value };
  }
}
