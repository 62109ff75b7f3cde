/** The kinds of what the scripts of the form's page hand to each other. What the model gives is in form.d.ts. */

import type { Row, Value } from "./form.d.ts";

/** What a part of the form may ask of the page that it is on. */
export interface Context {
  /** Load the names of a collection. A file that did not load is asked for again the next time. */
  load: (collection: string) => Promise<void>;
  /** The records of a collection: those of the site as far as they are loaded, and those that are new in this form. */
  rows: (collection: string) => readonly Row[];
  /** The new record of this form that a value refers to, if it is one. */
  added: (collection: string, key: string, value: string) => NewRecord | undefined;
  /** What one record of a collection is called inside of a sentence. */
  one: (collection: string) => string;
  /** Add a record with a name to this form, and return what refers to it; undefined if its form does not load. */
  add: (collection: string, name: string) => Promise<NewRecord | undefined>;
  /** Say something to a screen reader. */
  say: (words: string) => void;
}

/** A record that is new in this form, as a reference sees it. */
export interface NewRecord {
  readonly collection: string;
  readonly label: string;
  /** Return what refers to it, its id or the value of a property, as long as its name stays as it is. */
  valueFor: (key: string) => string;
  /** Move to its fields. */
  focus: () => void;
}

/** A record in a draft. `id` is the id that a new one had when it was saved: references name it. */
export interface SavedRecord {
  readonly collection: string;
  readonly id: string;
  readonly value: Value;
}

/** What is kept of a form that is not sent yet. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  /** When it was saved, as a date of JSON. */
  readonly saved: string;
  /** The record that is corrected; empty for a new one. */
  readonly correct: string;
  /** The record as it was when the correction began. */
  readonly before: Value;
  /** The record of the form, and those that are new in the same go. */
  readonly records: readonly SavedRecord[];
}

/** A file that the form makes. */
export interface MadeFile {
  /** Its path in the repository. */
  readonly path: string;
  readonly text: string;
  /** Whether there is none of this path yet. */
  readonly isNew: boolean;
  /** The record that it holds, in words. */
  readonly title: string;
  /** Why it changes, if nobody has typed that: empty otherwise. */
  readonly why: string;
}

/** A way to a file in the repository. */
export interface ForgeLink {
  readonly url: string;
  /** Whether the text of the file is in the URL. */
  readonly isFilled: boolean;
  /** Whether it leads to the file, or to the page for a new one of its name. */
  readonly isOfFile: boolean;
}

/** What has changed in a record: where, and the value before and after in words (empty if there is none). */
export interface Change {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

export type { Field, Form, Known, Names, Row, Value } from "./form.d.ts";
