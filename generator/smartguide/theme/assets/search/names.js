/** The search for names: MiniSearch finds what may be meant, and `ranking` puts it in order. */

import { likeness as likenessOf, mistakes } from "./distance.js";
import { fold } from "./fold.js";
import { answers, compared, covered, found, remembering, weight } from "./ranking.js";

/** @import { default as MiniSearch } from "minisearch" */
/** @import { Found, Hit, Index, Like, Matched, Named, Question, Table } from "../../../../../types/search.d.ts" */

/** So many candidates are compared with the question. */
const CANDIDATES = 200;
/** A record that answers less of a question is not shown. */
const LEAST = 0.5;
/** What answers this much of a question was probably meant. */
const GOOD = 0.78;
/** What is less like a question is a guess: pages that have its words are a better answer. */
const LIKELY = 0.6;
/** A record with less of the words of a question is not looked at any closer. */
const WORTH_A_LOOK = 0.3;
const EVERY_WORD = 0.5;
const BY_ANY_NAME = 0.78;
const OF_A_PLACE = 0.9;
/** A word of a question that no name has, nor one that is this much like it, counts less than the others. */
const KNOWN = 0.7;
const OF_UNKNOWN = 0.4;
const ALIKE = 0.48;
const MEANT = 5;

export class Names {
  /**
   * @param {Index} index
   * @param {typeof MiniSearch} Engine
   */
  constructor(index, Engine) {
    this.index = index;
    /** @type {Set<string>} */
    this.files = new Set();
    /** @type {Map<string, Named>} */
    this.named = new Map();
    /** @type {Map<string, number>} */
    this.counted = new Map();
    /** @type {MiniSearch<{ id: string, names: string, places: string }>} */
    this.engine = new Engine({
      fields: ["names", "places"],
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
    });
    this.add(index);
  }

  /**
   * Add the records of a file; those that are there already are passed over.
   * @param {Table} table
   */
  add({ facts, records }) {
    const added = [];
    for (const [kind, id, title, others = [], places = [], line = []] of records) {
      const key = `${kind} ${id}`;
      if (this.named.has(key)) continue;
      const names = [title, ...others].map((name) => compared(fold(name)));
      const placeNames = places.map((number) => facts[number] ?? "");
      const words = new Set(names.flatMap((name) => name.words));
      for (const word of words) this.counted.set(word, (this.counted.get(word) ?? 0) + 1);
      const placeWords = placeNames.flatMap((name) => compared(fold(name)).words);
      const shown = [...placeNames, ...line.map((number) => facts[number] ?? "")].join(" · ");
      this.named.set(key, { key, kind, id, title, others, names, words: [...words], placeWords, line: shown });
      added.push({
        id: key,
        names: [...words, ...names.flatMap((name) => joins(name.words))].join(" "),
        places: placeWords.join(" "),
      });
    }
    this.engine.addAll(added);
  }

  /**
   * Tell whether the records of a file are there.
   * @param {string} file
   * @returns {boolean}
   */
  has(file) {
    return this.files.has(file);
  }

  /**
   * Add the records of a further file.
   * @param {string} file
   * @param {Table} table
   */
  addPart(file, table) {
    if (this.files.has(file)) return;
    this.files.add(file);
    this.add(table);
  }

  /**
   * Return what may be meant by a question, the best first, and whether anything was probably meant, or is a guess.
   * @param {string} question
   * @returns {Found}
   */
  search(question) {
    const folded = compared(fold(question));
    if (folded.words.length === 0) return { hits: [], isGood: false, isGuess: false };
    const like = remembering((word) => this.counted.has(word));
    const candidates = this.candidates(folded.words).map((named) => ({
      named,
      words: foundIn(named, folded.words, like),
    }));
    const unknown = new Set(
      folded.words.filter(
        (word, number) => !this.counted.has(word) && candidates.every(({ words }) => (words[number]?.how ?? 0) < KNOWN),
      ),
    );
    /** @type {Map<string, number>} */
    const weights = new Map();
    /** @type {(word: string) => number} */
    const weigh = (word) => {
      const known = weights.get(word) ?? weight(word, this.counted.get(word) ?? 0, this.named.size);
      weights.set(word, known);
      return unknown.has(word) ? known * OF_UNKNOWN : known;
    };
    const asked = { ...folded, like, weigh };
    const hits = [];
    for (const { named, words } of candidates) {
      const hit = this.hit(named, words, asked);
      if (hit) hits.push(hit);
    }
    hits.sort(
      (a, b) =>
        b.score - a.score || a.named.title.length - b.named.title.length || (a.named.key < b.named.key ? -1 : 1),
    );
    const [best = { score: 0, likeness: 0 }] = hits;
    return { hits, isGood: best.score >= GOOD + EVERY_WORD, isGuess: best.likeness < LIKELY };
  }

  /**
   * @param {readonly string[]} words
   * @returns {Named[]}
   */
  candidates(words) {
    const asked = new Set([...words, ...joins(words), ...words.flatMap(swaps)]);
    const results = this.engine.search([...asked].join(" "), {
      boost: { names: 2 },
      fuzzy: (term) => mistakes(term) || false,
      prefix: (term) => term.length > 1,
      weights: { fuzzy: 0.6, prefix: 0.7 },
    });
    return results.slice(0, CANDIDATES).flatMap(({ id }) => this.named.get(id) ?? []);
  }

  /**
   * @param {Named} named
   * @param {readonly Matched[]} words how well it has each word of the question
   * @param {Question} asked
   * @returns {Hit | undefined}
   */
  hit(named, words, asked) {
    const share = covered(words, asked.weigh);
    const joined = asked.words.length > 1 ? (found([asked.joined], named.words, asked.like)[0]?.how ?? 0) : 0;
    if (Math.max(share, joined) < WORTH_A_LOOK) return;
    let best = 0;
    let by = 0;
    for (const [number, name] of named.names.entries()) {
      const score = answers(asked, name, asked.like, asked.weigh) - (number ? 0.02 : 0);
      if (score > best) [best, by] = [score, number];
    }
    if (share < LEAST && best < LEAST) return;
    const boost = Math.log(this.index.kinds[named.kind]?.[3] ?? 1) * 0.03;
    const all = best >= 1 || words.every(({ how }) => how > 0) ? EVERY_WORD : 0;
    const likeness = Math.max(best, BY_ANY_NAME * share);
    return { named, score: likeness + boost + all, likeness, name: by ? (named.others[by - 1] ?? "") : "" };
  }

  /**
   * Return the records whose names look most like a question for which nothing was found.
   * @param {string} question
   * @returns {Named[]}
   */
  alike(question) {
    const asked = compared(fold(question)).joined;
    const similar = [];
    for (const named of this.named.values()) {
      const score = Math.max(...named.names.map((name) => likenessOf(asked, name.joined)));
      if (score > ALIKE) similar.push({ named, score });
    }
    similar.sort((a, b) => b.score - a.score || (a.named.key < b.named.key ? -1 : 1));
    return similar.slice(0, MEANT).map(({ named }) => named);
  }

  /**
   * Return the files in which a question may be answered besides those that every one needs: of names that have its
   * words (0), that begin with the same letters (1), or all (2).
   * @param {string} question
   * @param {0 | 1 | 2} width
   * @returns {string[]}
   */
  parts(question, width) {
    const { parts = {}, common = [] } = this.index;
    if (width === 2) return Object.values(parts);
    const all = compared(fold(question)).words;
    const rare = all.filter((word) => !common.includes(word));
    const words = [...(rare.length > 0 ? rare : all), ...joins(all)];
    const wanted = words.flatMap((word) => {
      if (width === 1) return Object.keys(parts).filter((prefix) => prefix[0] === word[0]);
      const prefixes = Array.from(word, (_, number) => word.slice(0, number + 1)).reverse();
      const known = prefixes.find((prefix) => prefix in parts);
      if (known) return [known];
      return word.length > 1 ? Object.keys(parts).filter((prefix) => prefix.startsWith(word)) : [];
    });
    return [...new Set(wanted)].map((prefix) => parts[prefix] ?? "");
  }

  /**
   * Return the URL of a record, relative to the root of the site.
   * @param {Named} named
   * @returns {string}
   */
  url({ kind, id }) {
    return (this.index.kinds[kind]?.[2] ?? "*").replace("*", () => id);
  }
}

/**
 * Return how well a record has each word of a question, in its names or in the places that it is found by.
 * @param {Named} named
 * @param {readonly string[]} asked
 * @param {Like} like
 * @returns {Matched[]}
 */
function foundIn(named, asked, like) {
  const inPlaces = found(asked, named.placeWords, like);
  return found(asked, named.words, like).map((one, number) => {
    const place = inPlaces[number];
    return place && place.how * OF_A_PLACE > one.how ? { how: place.how * OF_A_PLACE, word: place.word } : one;
  });
}

/**
 * Return neighbours written as one word, and all words as one: people write `offshorevast`.
 * @param {readonly string[]} words
 * @returns {string[]}
 */
function joins(words) {
  const pairs = words.slice(1).map((word, before) => `${words[before]}${word}`);
  return words.length > 2 && words.length < 6 ? [...pairs, words.join("")] : pairs;
}

/**
 * Return a short word with each two neighbours exchanged: of these MiniSearch would say that they have two mistakes.
 * @param {string} word
 * @returns {string[]}
 */
function swaps(word) {
  if (word.length < 3 || word.length > 5) return [];
  return Array.from(word.slice(1), (_, at) => `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`);
}
