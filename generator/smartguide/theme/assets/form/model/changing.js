/** Makes the changes between two values in the text of a file: where they stand, and nowhere else. */

import { alignment, isAscending, isEqual } from "./alignment.js";
import { UnusualFileError } from "./errors.js";
import { editsInFlow } from "./flow.js";
import { yaml } from "./packages.js";
import { isMapping, Property } from "./schema.js";
import { isBlock, isBlockScalar, isEmpty, isFlow, Source } from "./source.js";
import { inOrder, linesOf, linesOfEntry, STEP, single } from "./style.js";

/** @import { Edit, Entry } from "./source.js" */

/** A comment behind what stands in a line. */
const COMMENT = /[ \t]+#[^\r\n]*/u;

export class Changes {
  /** @type {Edit[]} */
  edits = [];

  /** @param {Source} source */
  constructor(source) {
    this.source = source;
  }

  /**
   * Change the value of an entry.
   * @param {Entry} entry
   * @param {any} before
   * @param {any} after
   * @param {Property | undefined} declared
   */
  change(entry, before, after, declared) {
    if (isEqual(before, after)) return;
    const { node } = entry;
    const isMap = yaml.isMap(node) && isMapping(before) && isMapping(after);
    const isList = yaml.isSeq(node) && Array.isArray(before) && Array.isArray(after);
    if (!(isMap || isList) || Object.keys(after).length === 0 || node.items.length === 0)
      this.replace(entry, after, declared);
    else if (isFlow(node)) this.edits.push(...editsInFlow(this.source, entry, before, after));
    else if (Array.isArray(before) && Array.isArray(after)) this.#changeList(entry, before, after, declared);
    else this.changeMapping(node, before, after, declared);
  }

  /**
   * Change a mapping with a key on each line.
   * @param {any} node
   * @param {Record<string, any>} before
   * @param {Record<string, any>} after
   * @param {Property | undefined} declared
   */
  changeMapping(node, before, after, declared) {
    const entries = this.source.entriesOf(node);
    const column = this.source.column(entries[0]?.start ?? 0);
    for (const entry of entries) {
      const key = entry.key ?? "";
      if (key in after) this.change(entry, before[key], after[key], declared?.below(key));
    }
    const removed = entries.map(({ key }) => !((key ?? "") in after));
    /** @type {Map<number, string[]>} */
    const added = new Map();
    for (const key of inOrder(Object.keys(after), declared)) {
      if (entries.some((entry) => entry.key === key)) continue;
      const at = placeFor(key, entries, declared);
      added.set(at, [...(added.get(at) ?? []), ...linesOfEntry(key, after[key], declared?.below(key), column)]);
    }
    this.#restructure(entries, removed, added);
  }

  /**
   * @param {Entry} entry
   * @param {readonly any[]} before
   * @param {readonly any[]} after
   * @param {Property | undefined} declared
   */
  #changeList(entry, before, after, declared) {
    const entries = this.source.entriesOf(entry.node);
    if (entries.length !== before.length) throw new UnusualFileError("a list of another length");
    const from = alignment(before, after);
    const column = this.source.column(entries[0]?.start ?? 0);
    const linesAt = (/** @type {number} */ at) => linesOfEntry(undefined, after[at], declared?.item, column);
    if (!isAscending(from)) {
      this.#reorder(entry, before, after, declared, from);
      return;
    }
    /** @type {Map<number, string[]>} */
    const added = new Map();
    let last = -1;
    for (const [at, number] of from.entries()) {
      if (number === undefined) added.set(last, [...(added.get(last) ?? []), ...linesAt(at)]);
      else {
        last = number;
        this.change(/** @type {Entry} */ (entries[number]), before[number], after[at], declared?.item);
      }
    }
    this.#restructure(
      entries,
      Array.from(entries.keys(), (number) => !from.includes(number)),
      added,
    );
  }

  /**
   * Take entries away and add lines behind others (-1: before the first).
   * @param {readonly Entry[]} entries
   * @param {readonly boolean[]} removed
   * @param {ReadonlyMap<number, readonly string[]>} added
   */
  #restructure(entries, removed, added) {
    const [first] = entries;
    if (!first) return;
    // The first entry may stand behind a dash; another one takes its place then.
    const isInline = !this.source.isFirst(first.start);
    const beginning = added.get(-1) ?? [];
    let kept = removed.indexOf(false);
    if (kept < 0) kept = entries.length;
    if (isInline && (kept > 0 || beginning.length > 0)) this.#beginInline(entries, kept, beginning);
    else if (beginning.length > 0) this.edits.push(this.source.linesAt(this.source.lineStart(first.start), beginning));
    for (const [number, entry] of entries.entries()) {
      if (removed[number] && !(isInline && number < kept)) this.#remove(entry);
      const lines = added.get(number);
      if (lines) this.edits.push(this.source.linesAt(this.source.nextLine(entry.end), lines));
    }
  }

  /**
   * Let what stands behind a dash begin with other lines, and take away the entries before the first that is kept.
   * @param {readonly Entry[]} entries
   * @param {number} kept
   * @param {readonly string[]} lines
   */
  #beginInline(entries, kept, lines) {
    const { source } = this;
    const start = entries[0]?.start ?? 0;
    const indent = " ".repeat(source.column(start));
    const last = entries[kept - 1];
    const next = entries[kept];
    let end = start;
    if (last) {
      if (!next) throw new UnusualFileError("nothing is left behind a dash");
      const between = source.text.slice(last.end, next.start);
      const comment = between.indexOf("#");
      end = comment < 0 ? next.start : last.end + comment;
    }
    const text = lines.map((line) => line.slice(indent.length) + source.eol).join(indent);
    this.edits.push({ start, end, text: text === "" ? "" : text + indent });
  }

  /** @param {Entry} entry */
  #remove({ start, end }) {
    this.edits.push({ start: this.source.lineStart(start), end: this.source.nextLine(end), text: "" });
  }

  /**
   * Write the entries of a list in another order, each with the comments above it.
   * @param {Entry} entry
   * @param {readonly any[]} before
   * @param {readonly any[]} after
   * @param {Property | undefined} declared
   * @param {readonly (number | undefined)[]} from
   */
  #reorder(entry, before, after, declared, from) {
    const { source } = this;
    const entries = source.entriesOf(entry.node);
    const [first] = entries;
    const last = entries.at(-1);
    if (!(first && last && source.isFirst(first.start))) {
      this.replace(entry, after, declared);
      return;
    }
    const column = source.column(first.start);
    const begin = Math.min(source.nextLine(entry.lead), source.lineStart(first.start));
    const chunks = entries.map((one, number) => {
      const start = number === 0 ? begin : source.nextLine(entries[number - 1]?.end ?? 0);
      return { one, start, end: source.nextLine(one.end) };
    });
    const made = from.map((number, at) => {
      if (number === undefined)
        return linesOfEntry(undefined, after[at], declared?.item, column).join(source.eol) + source.eol;
      const { one, start, end } = /** @type {{ one: Entry, start: number, end: number }} */ (chunks[number]);
      const inner = new Changes(source);
      inner.change(one, before[number], after[at], declared?.item);
      return ended(cut(source.text, start, end, inner.edits), source.eol);
    });
    const lost = chunks.filter((_, number) => !from.includes(number));
    const comments = lost.map(({ one, start }) => source.text.slice(start, source.lineStart(one.start)));
    const end = source.nextLine(last.end);
    const text = [...comments, ...made].join("");
    this.edits.push({ start: begin, end, text: source.text.slice(0, end).endsWith("\n") ? text : text.trimEnd() });
  }

  /**
   * Write another value for an entry.
   * @param {Entry} entry
   * @param {any} after
   * @param {Property | undefined} declared
   */
  replace({ key, node, start, lead, end }, after, declared) {
    const { source } = this;
    const column = source.column(start);
    const isGroup = typeof after === "object" && after !== null && Object.keys(after).length > 0;
    const written = isGroup
      ? { head: "", lines: linesOf(after, declared, column + STEP) }
      : single(after, source.column(lead) + 1, column + STEP);
    const comment = this.#headComment(node, lead);
    const below = written.lines.map((line) => source.eol + line).join("");
    const rest = source.text.slice(end, source.lineEnd(end));
    const mayBeBehindDash = isGroup && key === undefined && comment === "" && rest.trim() === "";
    if (mayBeBehindDash) {
      this.edits.push({ start: lead, end, text: ` ${below.trimStart()}` });
    } else if (isBelow(node)) {
      // A text that stands below its key would take the comment behind the last line for its own.
      const moved = below === "" ? "" : rest;
      const head = (isGroup ? "" : ` ${written.head}`) + comment + moved;
      this.edits.push({ start: lead, end: end + moved.length, text: head + below });
    } else {
      this.edits.push({ start: lead, end, text: (isGroup ? "" : ` ${written.head}`) + comment });
      if (written.lines.length > 0) this.edits.push(source.linesAt(source.nextLine(end), written.lines));
    }
  }

  /**
   * Return the comment in the line of a key whose value stands below it.
   * @param {any} node
   * @param {number} lead
   */
  #headComment(node, lead) {
    const { source } = this;
    if (!node?.range || isEmpty(node)) return "";
    const line = source.text.slice(lead, source.lineEnd(lead));
    const isOnNextLine = source.lineEnd(lead) < node.range[0];
    return isOnNextLine || isBlockScalar(node) ? (COMMENT.exec(line)?.[0] ?? "") : "";
  }
}

/**
 * Tell whether the value of a node stands in lines below its key.
 * @param {any} node
 */
function isBelow(node) {
  return isBlock(node) || isBlockScalar(node);
}

/**
 * Return behind which entry a new key goes, by the order of the schema; -1 if it comes first.
 * @param {string} key
 * @param {readonly Entry[]} entries
 * @param {Property | undefined} declared
 */
function placeFor(key, entries, declared) {
  const order = [...(declared?.properties.keys() ?? [])];
  const wanted = order.indexOf(key);
  if (wanted < 0) return entries.length - 1;
  return entries.findLastIndex((entry) => {
    const place = order.indexOf(entry.key ?? "");
    return place >= 0 && place < wanted;
  });
}

/**
 * Return a part of a text with edits made in it.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {readonly Edit[]} edits
 */
function cut(text, start, end, edits) {
  let [made, at] = ["", start];
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    made += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return made + text.slice(at, end);
}

/**
 * @param {string} text
 * @param {string} eol
 */
function ended(text, eol) {
  return text.endsWith("\n") ? text : text + eol;
}
