/** The types of the filtered lists. What a list holds is written by generator/smartguide/exports/lists.py. */

/** A value of a column: as it is written, the words for it, the URL of its page from the root of the site, other names. */
export type Value = [value: string, label: string, url?: string, names?: string];

/** What a record has in a column: numbers of values, or the number or the date itself; null for nothing. */
export type Cell = null | number | string | readonly (number | string)[];

export interface PublishedColumn {
  readonly key: string;
  readonly title: string;
  readonly type: "choice" | "records" | "number" | "date";
  readonly filter: boolean;
  readonly shown: boolean;
  readonly values?: readonly Value[];
  readonly of: readonly Cell[];
}

/** The data of a list, as it is published. */
export interface Published {
  readonly collection: string;
  readonly title: string;
  readonly one: string;
  readonly name: string;
  readonly url: string;
  /** Of a list of several collections: where the pages of each are; an id is then `collection/id`. */
  readonly folders?: Readonly<Record<string, string>>;
  readonly total: number;
  readonly id: readonly string[];
  readonly label: readonly string[];
  readonly summary: readonly string[];
  readonly names: readonly string[];
  readonly columns: readonly PublishedColumn[];
}

/** A column that is ready to be searched: `cells` are the numbers of values of each record, or its numbers or years. */
export interface Column {
  readonly key: string;
  readonly title: string;
  readonly type: PublishedColumn["type"];
  readonly filter: boolean;
  readonly shown: boolean;
  readonly values: readonly Value[];
  readonly of: readonly Cell[];
  readonly cells: readonly (readonly number[])[];
  /** The numbers of the values in the order in which people choose from them. */
  readonly order: readonly number[];
  /** The place of each value in that order. */
  readonly rank: readonly number[];
}

export interface List {
  readonly data: Published;
  readonly columns: readonly Column[];
  /** What each record is found by, folded, with a blank before each word. */
  readonly texts: readonly string[];
  /** All words of these texts. */
  readonly words: ReadonlySet<string>;
}

/** What is chosen: it is in the URL, and nowhere else. */
export interface State {
  readonly text: string;
  /** The values that are chosen of each column, by its key. */
  readonly chosen: ReadonlyMap<string, readonly string[]>;
  /** The keys of columns of which a record is to have all values that are chosen, not any. */
  readonly all: ReadonlySet<string>;
  /** The key of the column that the list is sorted by, after "-" for the largest first; empty for the name. */
  readonly sort: string;
  readonly embed: boolean;
}

/** One filter that is set; the text is one, too (its key is empty). `fits` tells whether a record passes it. */
export interface Filter {
  readonly key: string;
  readonly title: string;
  readonly labels: readonly string[];
  /** The values that the column does not have. */
  readonly unknown: readonly string[];
  /** Whether a record needs all of its values. */
  readonly isAll: boolean;
  /** Words of the text that no record has, each with those that are looked for in its place. */
  readonly misspelt: readonly { readonly word: string; readonly meant: readonly string[] }[];
  readonly fits: (row: number) => boolean;
}

/** The answer of a list: the records that pass all filters, and for each record which filters it fails (a bit each). */
export interface Answer {
  readonly filters: readonly Filter[];
  readonly failed: Uint32Array;
  readonly rows: readonly number[];
}

/** A way out of an empty answer: the filters to leave out, and how many records that gives. */
export interface WayOut {
  readonly leaveOut: readonly Filter[];
  readonly total: number;
}
