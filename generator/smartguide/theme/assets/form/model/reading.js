/** Reads records from the YAML of their files, as the command line does: `reading/` of the generator. */

/** @import { Value } from "../../../../../../types/form.d.ts" */

import { UnreadableError } from "./errors.js";
import { yaml } from "./packages.js";

/** What a plain scalar is: YAML 1.2, without octal and hexadecimal numbers, infinities and dates. */
const SCALARS = [
  {
    tag: "tag:yaml.org,2002:null",
    default: true,
    test: /^(?:~|null|Null|NULL|)$/u,
    resolve: () => null,
  },
  {
    tag: "tag:yaml.org,2002:bool",
    default: true,
    test: /^(?:true|True|TRUE|false|False|FALSE)$/u,
    resolve: (/** @type {string} */ text) => text.toLowerCase() === "true",
  },
  {
    tag: "tag:yaml.org,2002:int",
    default: true,
    test: /^[-+]?[0-9]+$/u,
    resolve: Number,
  },
  {
    tag: "tag:yaml.org,2002:float",
    default: true,
    test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?$/u,
    resolve: Number,
  },
];

/** So many files are kept as they were read: one before and one after a change, and others for a word or two. */
const MOST_KEPT = 4;

/** @type {Map<string, ReturnType<typeof parsed>>} */
const KEPT = new Map();

/**
 * Return a file of records as a document of the package `yaml`, which is not to be changed. Throws UnreadableError if
 * it is no YAML.
 * @param {string} text
 */
export function documentOf(text) {
  const document = KEPT.get(text) ?? parsed(text);
  KEPT.delete(text);
  KEPT.set(text, document);
  for (const oldest of KEPT.keys()) if (KEPT.size > MOST_KEPT) KEPT.delete(oldest);
  return document;
}

/** @param {string} text */
function parsed(text) {
  const document = yaml.parseDocument(text, {
    version: "1.2",
    schema: "failsafe",
    customTags: (tags) => [...tags, /** @type {any} */ (SCALARS)].flat(),
    keepSourceTokens: true,
    uniqueKeys: true,
    prettyErrors: true,
  });
  const [error] = document.errors;
  if (error) throw new UnreadableError(error.message);
  return document;
}

/**
 * Return the record in the text of a file; with an id that of this id in a file of several records. Undefined if the
 * file has none. Throws UnreadableError if it is no YAML.
 * @param {string} text
 * @param {string} [id]
 * @returns {Value}
 */
export function recordIn(text, id) {
  const data = composed(dataOf(documentOf(text)));
  return id === undefined ? data : data?.[id];
}

/**
 * @param {ReturnType<typeof documentOf>} document
 * @returns {any}
 */
function dataOf(document) {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    // An alias that nothing is called by, or that stands for too much.
    throw new UnreadableError(String(error), { cause: error });
  }
}

/**
 * Return data with all texts in one form of Unicode (NFC), as the command line reads them.
 * @param {any} data
 * @returns {any}
 */
function composed(data) {
  if (typeof data === "string") return data.normalize("NFC");
  if (Array.isArray(data)) return data.map(composed);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key.normalize("NFC"), composed(value)]));
}
