/** What the model of the form takes and gives. The data are written by generator/smartguide/forms/. */

/** A schema of JSON Schema 2020-12, with the keywords of docs/extending.md. */
export interface Schema {
  readonly [keyword: string]: any;
}

/** The way to a value in a record: keys, and numbers of entries from 0. */
export type Path = readonly (string | number)[];

/** A record, or a value in it. */
export type Value = any;

/** A check that only the command line and CI make: the id of its rule, and what it checks, in words. */
export interface OnlyInCi {
  readonly rule: string;
  readonly words: string;
}

/** What there is to know of a collection to which records of a form refer, or which the form is about. */
export interface Target {
  /** What one record is called, as in "Organisation". */
  readonly title: string;
  /** Where its records are, with `*` for the id if each has a file of its own: `content/partners/*.yml`. */
  readonly file: string;
  /** The URL of its names from the root of the site. */
  readonly names: string;
  /** How many records there are. */
  readonly total: number;
}

/** Values that no other record may have: of a property, each with the value of `per` beside it and the record's id. */
export interface Taken {
  readonly property: string;
  readonly per: string;
  readonly values: readonly [value: string | number, per: string, id: string][];
}

/** The file `/api/v1/forms/<collection>.json`. */
export interface Form {
  readonly collection: string;
  /** What one such record is called. */
  readonly title: string;
  /** What several are called. */
  readonly plural: string;
  /** The folder of the record's file in the repository, without a slash at the end: `content/partnerships`. */
  readonly folder: string;
  /** `<id>.yml`, or the name of the one file that holds all records of the collection. */
  readonly file: string;
  /** Whether one file holds all records of the collection. */
  readonly in_one_file: boolean;
  /** The first line of a new file. */
  readonly schema_line: string;
  readonly schema: Schema;
  /** The property that names a record. */
  readonly label: string;
  /** The property that describes it in a line; empty if there is none. */
  readonly summary: string;
  readonly only_ci: readonly OnlyInCi[];
  /** The collections whose records can name one of this collection, if readers find it only through others. */
  readonly named_by: readonly string[];
  /** The dates of the documents with which a record can be compared: by collection and id. */
  readonly dates: { readonly [collection: string]: { readonly [id: string]: string } };
  readonly targets: { readonly [collection: string]: Target };
  /** The URL of the pages of the collection, from the root of the site. */
  readonly url: string;
  readonly taken: readonly Taken[];
  /** Ids that pages have, of other records and chapters, with what has them. */
  readonly taken_ids: { readonly [id: string]: string };
  /** The address to which a record can be sent; empty if the settings have none. */
  readonly email: string;
  readonly forge: Forge;
}

/** Where the repository is: `kind` is empty if that is not known. */
export interface Forge {
  readonly kind: "github" | "gitlab" | "";
  /** The URL of the repository, without a slash at the end; empty if the settings have none. */
  readonly repository: string;
  readonly branch: string;
  /** How the URL of the page begins on which a file is changed, as the settings say it (`edit_uri`); its path follows. */
  readonly edit: string;
  /** The folder of the project in the repository; empty if it is the repository itself. */
  readonly folder: string;
}

/** A record that can be named: id, name, other names, values by which others refer to it, ids that it had before. */
export type Row = readonly [
  id: string,
  label: string,
  others?: readonly string[],
  values?: { readonly [key: string]: string },
  former?: readonly string[],
];

/** The names of the records of collections, as far as they are loaded. */
export interface Names {
  readonly [collection: string]: readonly Row[];
}

/** What else is known when a record is checked. */
export interface Known {
  /** The id of the record that is corrected; without it the record is a new one. */
  readonly id?: string;
  /** The id that a new record will have; empty if there is none yet. */
  readonly newId?: string;
  /** Whether another record of the form names it; left out if that is not known. */
  readonly isNamed?: boolean;
  /** The titles of the fields of the form in which it could be named. */
  readonly nameIn?: readonly string[];
  /** Records that are added in the same go, by collection. */
  readonly added?: Names;
}

export interface Choice {
  readonly value: string | number | boolean | null;
  readonly label: string;
}

export type FieldKind =
  | "text"
  | "long text"
  | "number"
  | "yes-no"
  | "choice"
  | "reference"
  | "list"
  | "group"
  | "mapping"
  | "date"
  | "month"
  | "url"
  | "one of";

/** A property as a form shows it. `path` is the way to it in the schema, with `[]` for every entry of a list. */
export interface Field {
  readonly path: readonly string[];
  /** The key in the record; empty for entries of a list. */
  readonly name: string;
  readonly title: string;
  readonly help: string;
  /** An example as one would type it; empty if there is none. */
  readonly example: string;
  readonly required: boolean;
  readonly kind: FieldKind;
  /** Of a choice: what there is to choose from. */
  readonly choices?: readonly Choice[];
  /** Of a reference: the collection, and the property by which its records are named (empty: by their id). */
  readonly collection?: string;
  readonly key?: string;
  /** Of a list: its entries. Of a mapping: the values under keys that are free. */
  readonly item?: Field;
  /** Of a group: its fields. */
  readonly fields?: readonly Field[];
  /** Of "one of": the forms that the value may have. */
  readonly options?: readonly Field[];
  /** Of a number: whether it is a whole one, and its limits. */
  readonly whole?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  /** The text may hold paragraphs, emphasis, lists and links. */
  readonly prose?: boolean;
  /** Of a list: whether an entry may not stand there twice. */
  readonly unique?: boolean;
}

/** What is wrong with a value: where, in words, and by which check. CI refuses both. */
export interface Fault {
  /** The way to the value; to the key that is missing or that is not known. */
  readonly path: Path;
  /** What is wrong and what to do, as the command line says it: `what (hint)`. */
  readonly message: string;
  readonly what: string;
  /** What to do; empty if there is nothing to say. */
  readonly hint: string;
  readonly rule: string;
  readonly severity: "error" | "warning";
}
