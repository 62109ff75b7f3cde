/** The text of a file of records, and where its values stand in it. */

import { UnusualFileError } from "./errors.js";
import { yaml } from "./packages.js";

/** What stands at a place of a text is replaced by another text. @typedef {{ start: number, end: number, text: string }} Edit */

/**
 * An entry of a mapping or a list: its key (undefined in a list), its node, where it begins, where its value may begin
 * (behind the colon or the dash), and where it ends, without the comment behind it.
 * @typedef {{ key: string | undefined, node: any, start: number, lead: number, end: number }} Entry
 */

/** The text of a file: its lines, and how they end. */
export class Source {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.eol = text.includes("\r\n") ? "\r\n" : "\n";
  }

  /**
   * Return where the line of a place begins.
   * @param {number} at
   */
  lineStart(at) {
    return this.text.lastIndexOf("\n", at - 1) + 1;
  }

  /**
   * Return where the line of a place ends, without its line break.
   * @param {number} at
   */
  lineEnd(at) {
    const end = this.text.indexOf("\n", at);
    if (end < 0) return this.text.length;
    return this.text[end - 1] === "\r" ? end - 1 : end;
  }

  /**
   * Return where the line after that of a place begins.
   * @param {number} at
   */
  nextLine(at) {
    const end = this.text.indexOf("\n", at);
    return end < 0 ? this.text.length : end + 1;
  }

  /**
   * Return how many characters stand before a place in its line.
   * @param {number} at
   */
  column(at) {
    return Array.from(this.text.slice(this.lineStart(at), at)).length;
  }

  /**
   * Tell whether nothing but blanks stands before a place in its line.
   * @param {number} at
   */
  isFirst(at) {
    return this.text.slice(this.lineStart(at), at).trim() === "";
  }

  /**
   * Return the edit that adds lines at the beginning of a line.
   * @param {number} at
   * @param {readonly string[]} lines
   * @returns {Edit}
   */
  linesAt(at, lines) {
    const isOpen = at === this.text.length && at > 0 && !this.text.endsWith("\n");
    const text = lines.map((line) => (isOpen ? this.eol + line : line + this.eol)).join("");
    return { start: at, end: at, text };
  }

  /**
   * Return the entries of a mapping or a list. Throws UnusualFileError where keys are not plain ones.
   * @param {any} node
   * @returns {Entry[]}
   */
  entriesOf(node) {
    const isMap = yaml.isMap(node);
    const tokens = node.srcToken.items.filter((/** @type {any} */ one) => isEntry(one, node));
    if (tokens.length !== node.items.length) throw new UnusualFileError("a mapping or a list of another kind");
    return node.items.map((/** @type {any} */ item, /** @type {number} */ number) =>
      isMap ? this.#pair(item, tokens[number]) : this.#item(item, tokens[number]),
    );
  }

  /**
   * @param {any} pair
   * @param {any} token
   * @returns {Entry}
   */
  #pair(pair, token) {
    const colon = token.sep?.find((/** @type {any} */ one) => one.type === "map-value-ind");
    const isExplicit = token.start.some((/** @type {any} */ one) => one.type === "explicit-key-ind");
    if (!(yaml.isScalar(pair.key) && colon) || isExplicit) throw new UnusualFileError("a key of another kind");
    const lead = colon.offset + 1;
    return {
      key: String(pair.key.value),
      node: pair.value,
      start: pair.key.range[0],
      lead,
      end: this.endOf(pair.value, lead),
    };
  }

  /**
   * @param {any} node
   * @param {any} token
   * @returns {Entry}
   */
  #item(node, token) {
    const dash = token.start.find((/** @type {any} */ one) => one.type === "seq-item-ind");
    const start = dash ? dash.offset : node.range[0];
    const lead = dash ? start + 1 : start;
    return { key: undefined, node, start, lead, end: this.endOf(node, lead) };
  }

  /**
   * Return where a value ends, without what follows it; `lead` is where it may begin.
   * @param {any} node
   * @param {number} lead
   * @returns {number}
   */
  endOf(node, lead) {
    if (!node?.range || isEmpty(node)) return lead;
    if (isBlock(node)) {
      const last = this.entriesOf(node).at(-1);
      return last ? last.end : node.range[1];
    }
    const [start, end] = node.range;
    if (!isBlockScalar(node)) return end;
    return start + this.text.slice(start, end).replace(/(?:\r?\n[ \t]*)+$/u, "").length;
  }
}

/**
 * Tell whether a token of a collection is an entry, not a comment at its end.
 * @param {any} token
 * @param {any} collection
 */
function isEntry(token, collection) {
  if (yaml.isMap(collection)) return token.key !== undefined || token.sep !== undefined;
  const isInBlock = collection.srcToken.type === "block-seq";
  return isInBlock
    ? token.start.some((/** @type {any} */ one) => one.type === "seq-item-ind")
    : token.value !== undefined;
}

/**
 * Tell whether a node is a mapping or a list with an entry on each line.
 * @param {any} node
 */
export function isBlock(node) {
  return yaml.isCollection(node) && !node.flow;
}

/**
 * Tell whether a node is a mapping or a list in brackets.
 * @param {any} node
 */
export function isFlow(node) {
  return yaml.isCollection(node) && node.flow === true;
}

/**
 * Tell whether a node is a text that stands below its key (`>-`, `|`).
 * @param {any} node
 */
export function isBlockScalar(node) {
  return yaml.isScalar(node) && (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL");
}

/**
 * Tell whether nothing is written for a node.
 * @param {any} node
 */
export function isEmpty(node) {
  return yaml.isScalar(node) && Array.isArray(node.range) && node.range[0] === node.range[1];
}

/**
 * Return a text with edits made, none of which may overlap another one.
 * @param {string} text
 * @param {readonly Edit[]} edits
 * @returns {string}
 */
export function edited(text, edits) {
  const sorted = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  let [made, at] = ["", 0];
  for (const { start, end, text: words } of sorted) {
    if (start < at) throw new UnusualFileError("two changes of one place");
    made += text.slice(at, start) + words;
    at = end;
  }
  return made + text.slice(at);
}
