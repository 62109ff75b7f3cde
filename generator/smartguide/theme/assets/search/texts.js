/** The search in the texts: loads the files that hold the words of a question, and the texts of the pages it shows. */

import { distance } from "./distance.js";
import { fold, wordsOf } from "./fold.js";

/** @import { Load, FoundTexts, PageText, TextHit, TextIndex } from "../../../../../types/search.d.ts" */

const LEVELS = 3;
/** How much a word counts that stands once on a page, often, or in a heading. */
const LEVEL_WEIGHTS = [1, 1.7, 3];
const AS_PREFIX = 0.6;
const MISSPELT = 0.5;
const SHARDS = 3;
const LONGEST_EXCERPT = 180;
const BEFORE = 50;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

export class Texts {
  /**
   * @param {TextIndex} index
   * @param {Load} load
   */
  constructor(index, load) {
    this.index = index;
    this.load = load;
    this.stopWords = new Set(index.stopWords);
  }

  /**
   * Return the words of a question that are looked for.
   * @param {string} question
   * @returns {string[]}
   */
  words(question) {
    const words = wordsOf(fold(question));
    return [...new Set(words.filter((word) => word.length > 1 && !this.stopWords.has(word)))];
  }

  /**
   * Return the pages that answer a question, the best first: those with every word come before the others. With them
   * come the words as they stand in the texts, also where they are misspelt in the question, and those that no page has.
   * @param {string} question
   * @returns {Promise<FoundTexts>}
   */
  async search(question) {
    /** @type {Map<number, { words: number, score: number }>} */
    const pages = new Map();
    const asked = this.words(question);
    const results = await Promise.all(asked.map((word) => this.found(word)));
    for (const { pages: some } of results) {
      const rare = Math.log(1 + this.index.weights.length / (1 + some.size));
      for (const [page, how] of some) {
        const known = pages.get(page) ?? { words: 0, score: 0 };
        known.words += 1;
        known.score += rare * how * Number.parseInt(this.index.weights[page] ?? "1", 36);
        pages.set(page, known);
      }
    }
    const hits = Array.from(pages, ([page, one]) => ({ page, ...one }));
    const most = Math.max(0, ...hits.map(({ words }) => words));
    const shown = hits.filter(({ words }) => words === most || words > 1);
    shown.sort((a, b) => b.words - a.words || b.score - a.score || a.page - b.page);
    const missing = asked.filter((_, number) => results[number]?.pages.size === 0);
    return { hits: shown, words: [...asked, ...results.flatMap(({ others }) => others)], missing };
  }

  /**
   * Return how well each page has a word, or words that begin with it, or else one that it may be a misspelling of.
   * @param {string} word
   * @returns {Promise<{ pages: Map<number, number>, others: string[] }>}
   */
  async found(word) {
    /** @type {Map<number, number>} */
    const pages = new Map();
    const shards = await Promise.all(this.shards(word).map((file) => this.load(file)));
    const entries = /** @type {Record<string, number[]>[]} */ (shards).flatMap((shard) => Object.entries(shard));
    /** @type {(steps: number[], how: number) => void} */
    const add = (steps, how) => {
      let page = 0;
      for (const step of steps) {
        page += Math.floor(step / LEVELS);
        pages.set(page, Math.max(pages.get(page) ?? 0, how * (LEVEL_WEIGHTS[step % LEVELS] ?? 1)));
      }
    };
    for (const [other, steps] of entries) {
      if (other === word) add(steps, 1);
      else if (word.length > 2 && other.startsWith(word)) add(steps, AS_PREFIX);
    }
    if (pages.size === 0 && word.length > 4) {
      const likely = entries.filter(([other]) => distance(word, other, 1) === 1);
      for (const [, steps] of likely) add(steps, MISSPELT);
      return { pages, others: likely.map(([other]) => other) };
    }
    return { pages, others: [] };
  }

  /**
   * Return the files that hold the words which begin with one.
   * @param {string} word
   * @returns {string[]}
   */
  shards(word) {
    const { shards } = this.index;
    const after = shards.findIndex(([first]) => first > word);
    const start = Math.max(0, (after < 0 ? shards.length : after) - 1);
    const held = shards.slice(start).filter(([first], number) => number === 0 || first.startsWith(word));
    return held.slice(0, SHARDS).map(([, file]) => file);
  }

  /**
   * Return a page with the place in it that has most of the words.
   * @param {TextHit} hit
   * @param {readonly string[]} words
   */
  async shown({ page }, words) {
    const at = this.index.parts.findLastIndex(([number]) => number <= page);
    const [first, file] = this.index.parts[at] ?? [0, ""];
    const pages = /** @type {PageText[]} */ (await this.load(file));
    const [url = "", kind = "", title = "", sections = []] = pages[page - first] ?? [];
    let best = { id: "", heading: "", text: "", count: -1 };
    for (const [id, heading, text] of sections) {
      const count = new Set(this.matches(`${heading} ${text}`, words).map(({ word }) => word)).size;
      if (count > best.count) best = { id, heading, text, count };
    }
    return {
      url: best.id ? `${url}#${best.id}` : url,
      kind,
      title,
      heading: best.heading,
      excerpt: this.excerpt(best.text, words),
    };
  }

  /**
   * Return the beginning of a text at the first of some words, in pieces: every second one is a word that was asked for.
   * @param {string} text
   * @param {readonly string[]} words
   * @returns {string[]}
   */
  excerpt(text, words) {
    const first = this.matches(text, words)[0]?.start ?? 0;
    const start = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 : 0;
    const cut = text.slice(start, start + LONGEST_EXCERPT);
    const shown = start + LONGEST_EXCERPT < text.length ? `${cut.slice(0, cut.lastIndexOf(" "))} …` : cut;
    const pieces = [];
    let at = 0;
    for (const match of this.matches(shown, words)) {
      pieces.push(shown.slice(at, match.start), shown.slice(match.start, match.end));
      at = match.end;
    }
    pieces.push(shown.slice(at));
    if (start > 0) pieces[0] = `… ${pieces[0]}`;
    return pieces;
  }

  /**
   * Return where words that were asked for stand in a text.
   * @param {string} text
   * @param {readonly string[]} words
   */
  matches(text, words) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const folded = fold(match[0]);
      const word = words.find((one) => folded === one || (one.length > 2 && folded.startsWith(one)));
      if (word) found.push({ word, start: match.index, end: match.index + match[0].length });
    }
    return found;
  }
}
