/** The kinds of what the scripts of the search hand to each other. */

/** A text as it is compared: its words, with one blank between them, and without any. */
export interface Folded {
  readonly words: readonly string[];
  readonly text: string;
  readonly joined: string;
}

/** How well a word of a question is a word of a name, from 0 to 1. */
export type Like = (asked: string, word: string) => number;

/** The word that a word was found as, and how well. */
export interface Matched {
  readonly how: number;
  readonly word: string;
}

/** What is asked, with how its words are compared and how much each counts. */
export interface Question extends Folded {
  readonly like: Like;
  readonly weigh: Weigh;
}

/** How much a word counts. */
export type Weigh = (word: string) => number;

/** A record in a file: the number of its kind, its id, its title, other names, and the numbers of places and facts. */
export type Row = [kind: number, id: string, title: string, others?: string[], places?: number[], line?: number[]];

/** A file with records. */
export interface Table {
  readonly facts: readonly string[];
  readonly records: readonly Row[];
}

/** The file that every search loads. A kind has a name, that of several, a URL with `*` for the id, and a boost. */
export interface Index extends Table {
  readonly kinds: readonly [name: string, plural: string, url: string, boost: number][];
  readonly parts?: Readonly<Record<string, string>>;
  readonly common?: readonly string[];
}

export interface Named {
  readonly key: string;
  readonly kind: number;
  readonly id: string;
  readonly title: string;
  readonly others: readonly string[];
  readonly names: readonly Folded[];
  readonly words: readonly string[];
  readonly placeWords: readonly string[];
  readonly line: string;
}

/** A record that was found; `name` is the name by which, if it is not the title. */
export interface Hit {
  readonly named: Named;
  readonly score: number;
  /** How well the record has the question, from 0 to 2. */
  readonly likeness: number;
  readonly name: string;
}

export interface Found {
  readonly hits: readonly Hit[];
  readonly isGood: boolean;
  readonly isGuess: boolean;
}

/** What is known of the texts: weights of pages, files with texts by their first page, files of words by their first. */
export interface TextIndex {
  readonly weights: string;
  readonly parts: readonly [first: number, file: string][];
  readonly shards: readonly [first: string, file: string][];
  readonly stopWords: readonly string[];
}

/** A page as a file of texts holds it. */
export type PageText = [
  url: string,
  kind: string,
  title: string,
  sections: [id: string, heading: string, text: string][],
];

/** A page with some words: its number, how many of the words it has, and how well it answers. */
export interface TextHit {
  readonly page: number;
  readonly words: number;
  readonly score: number;
}

/** Pages with words of a question, the best first; the words as they stand in the texts, and those that no page has. */
export interface FoundTexts {
  readonly hits: readonly TextHit[];
  readonly words: readonly string[];
  readonly missing: readonly string[];
}

/** Loads a file of the folder `search/`. */
export type Load = <Data>(file: string) => Promise<Data>;
