/** A record that the form is about: the one that is added or corrected, or one that is new in the same go. */

/** @import { Fault, Form, Names, Row } from "../../../../../types/form.d.ts" */
/** @import { Context, NewRecord, SavedRecord, Value } from "../../../../../types/record-form.d.ts" */

import { check } from "./model/checking.js";
import { idFor } from "./model/naming.js";
import { RecordPart } from "./record.js";

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
    return this.known || idFor(this.form, this.value, this.names(this));
  }

  /** The path of its file in the repository. */
  get path() {
    const name = this.form.in_one_file ? this.form.file : `${this.id}.yml`;
    return [this.form.forge.folder, this.form.folder, name].filter(Boolean).join("/");
  }

  /** The record as others can refer to it. @returns {Row} */
  get row() {
    const texts = Object.entries(this.value ?? {}).filter(([, value]) => typeof value === "string");
    return [this.id, this.label, [], Object.fromEntries(texts)];
  }

  /**
   * Return what refers to the record: its id, or the value of a property.
   * @param {string} key the property; empty for the id
   */
  valueFor(key) {
    return key ? String(this.value?.[key] ?? this.id) : this.id;
  }

  /** Move to the fields of the record: to the first that is needed and empty. */
  focus() {
    const empty = this.part.children.find((part) => part.isEmpty && !part.mark.hidden && !part.element.hidden);
    (empty ?? this.part).focus();
  }

  /**
   * Return what is wrong with the record.
   * @param {Names} names
   * @param {Names} added the other records that are new in the same go
   * @returns {Fault[]}
   */
  check(names, added) {
    return check(this.form, this.value, names, { ...(this.known ? { id: this.known } : { newId: this.id }), added });
  }

  /** @returns {SavedRecord} */
  get saved() {
    return { collection: this.collection, id: this.id, value: this.value };
  }
}
