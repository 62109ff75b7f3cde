/** Writes records as YAML: a new file in canonical style, or the changes to a file that is there. */

/** @import { Form, Value } from "../../../../../../types/form.d.ts" */
/** @import { Entry } from "./source.js" */

import { isEqual } from "./alignment.js";
import { Changes } from "./changing.js";
import { UnreadableError, UnusualFileError } from "./errors.js";
import { yaml } from "./packages.js";
import { documentOf, recordIn } from "./reading.js";
import { given, isMapping, Property, rootOf } from "./schema.js";
import { edited, isBlock, Source } from "./source.js";
import { linesOf, linesOfEntry } from "./style.js";

/**
 * Return the text of the file of a new record, in canonical style. Where one file holds all records of the collection,
 * it is the part of the file for this record, which begins with its `id`.
 * @param {Form} form
 * @param {Value} value
 * @param {string} [id]
 * @returns {string}
 */
export function newFile(form, value, id) {
  const root = rootOf(form);
  const lines = form.in_one_file
    ? linesOfEntry(id ?? "id", given(value), root, 0)
    : [form.schema_line, ...linesOf(given(value), root)];
  return `${lines.filter((line, number) => number > 0 || line !== "").join("\n")}\n`;
}

/**
 * Return the text of a file after a change: only what differs between `before` and `after` changes in it. Comments,
 * order, line breaks and quotes of everything else stay. With an `id` the record is the one of this id in a file of
 * several; without `before` it is added to that file. Throws UnreadableError for a text that is no YAML, and
 * UnusualFileError for one that is written in a way that does not let it be changed.
 * @param {Form} form
 * @param {string} text
 * @param {Value} before
 * @param {Value} after
 * @param {string} [id]
 * @returns {string}
 */
export function changedFile(form, text, before, after, id) {
  if (before === undefined && id !== undefined) return withRecord(form, text, after, id);
  const current = recordIn(text, id);
  const wanted = given(changedValue(current, given(before), given(after)));
  if (isEqual(current, wanted)) return text;
  for (const source of [() => text, () => withoutAliases(text)]) {
    const attempt = tried(() => changedText(form, source(), current, wanted, id));
    const read = attempt === undefined ? undefined : tried(() => recordIn(attempt, id));
    if (attempt !== undefined && isEqual(read, wanted)) return attempt;
  }
  if (form.in_one_file) throw new UnusualFileError("This file is written in a way that the form cannot change.");
  return newFile(form, wanted);
}

/**
 * Return what a function returns; undefined if a file is too unusual for it.
 * @template Result
 * @param {() => Result} make
 * @returns {Result | undefined}
 */
function tried(make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnusualFileError || error instanceof UnreadableError) return;
    throw error;
  }
}

/**
 * Return a value with what differs between two others changed in it: the file may say more than a form knows of.
 * @param {Value} current
 * @param {Value} before
 * @param {Value} after
 * @returns {Value}
 */
function changedValue(current, before, after) {
  if (isEqual(before, after)) return current;
  if (isEqual(current, before) || !(isMapping(current) && isMapping(before) && isMapping(after))) return after;
  const keys = [...new Set([...Object.keys(current), ...Object.keys(after)])];
  const pairs = keys.map((key) => [key, changedValue(current[key], before[key], after[key])]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

/**
 * @param {Form} form
 * @param {string} text
 * @param {Value} before
 * @param {Value} after
 * @param {string | undefined} id
 * @returns {string}
 */
function changedText(form, text, before, after, id) {
  const changes = new Changes(new Source(text));
  const { contents } = documentOf(text);
  if (id === undefined) {
    if (!yaml.isMap(contents)) throw new UnusualFileError("no mapping");
    change(changes, wholeOf(contents), before, after, rootOf(form));
  } else {
    const entry = changes.source.entriesOf(contents).find(({ key }) => key === id);
    if (!entry) throw new UnusualFileError("no record of this id");
    change(changes, entry, before, after, rootOf(form));
  }
  return edited(text, changes.edits);
}

/**
 * @param {Changes} changes
 * @param {Entry} entry
 * @param {Value} before
 * @param {Value} after
 * @param {Property} declared
 */
function change(changes, entry, before, after, declared) {
  if (isBlock(entry.node)) changes.changeMapping(entry.node, before, after, declared);
  else changes.change(entry, before, after, declared);
}

/**
 * Return the whole of a file as an entry.
 * @param {any} contents
 * @returns {Entry}
 */
function wholeOf(contents) {
  const [start, end] = contents.range;
  return { key: undefined, node: contents, start, lead: start, end };
}

/**
 * Return a file of several records with one more at its end, with a blank line before it if the others have one.
 * @param {Form} form
 * @param {string} text
 * @param {Value} value
 * @param {string} id
 */
function withRecord(form, text, value, id) {
  const source = new Source(text);
  const { contents } = documentOf(text);
  const entries = isBlock(contents) ? source.entriesOf(contents) : [];
  const last = entries.at(-1);
  if (!last) throw new UnusualFileError("This file is written in a way that the form cannot change.");
  const beforeLast = entries.at(-2);
  const between = beforeLast ? source.text.slice(source.nextLine(beforeLast.end), last.start) : "";
  const blank = /^\s*$/mu.test(between) && between.includes("\n") ? [""] : [];
  const lines = [...blank, ...linesOfEntry(id, given(value), rootOf(form), 0)];
  return edited(text, [source.linesAt(source.nextLine(last.end), lines)]);
}

/**
 * Return a text in which each alias is written out, and no anchor is left.
 * @param {string} text
 * @returns {string}
 */
function withoutAliases(text) {
  const source = new Source(text);
  const document = documentOf(text);
  const changes = new Changes(source);
  const visit = (/** @type {any} */ node) => {
    for (const entry of yaml.isCollection(node) ? source.entriesOf(node) : []) {
      if (yaml.isAlias(entry.node)) changes.replace(entry, entry.node.toJS(document), undefined);
      else visit(entry.node);
    }
  };
  visit(document.contents);
  return edited(text, changes.edits).replace(/(?<=[:-][ \t]+)&[^\s,[\]{}]+[ \t]*/gu, "");
}
