/** What a record breaks of its schema, in the words of the command line: what `checks/schema_errors.py` says. */

/** @import { Fault, Path, Schema } from "../../../../../../types/form.d.ts" */
/** @import { SchemaError } from "./schema-errors.js" */

import { textOf } from "./alignment.js";
import {
  allowed,
  asEntry,
  fits,
  inQuotes,
  LONGEST,
  MOST_DIGITS,
  meantBoolean,
  purpose,
  toFit,
  toList,
  toNumber,
  toWholeNumber,
} from "./corrections.js";
import { isMapping, Property, propertyOf, resolved } from "./schema.js";
import { errorsOf, nodeAt, valueAt } from "./schema-errors.js";
import { didYouMean, quoted, TYPES } from "./words.js";

/** So many keys are listed in a message. */
const FEW = 40;
/** Keywords that lead from a value to one inside it. */
const STEPS = new Set(["properties", "items", "additionalProperties", "patternProperties", "prefixItems", "contains"]);
/** Keywords by which the keys of an object depend on each other. */
const COMBINING = new Set(["oneOf", "anyOf", "allOf", "not", "if", "then", "else", "dependentRequired"]);
/** The names that findings of the keywords carry. */
const RULES = new Map([
  ["additionalProperties", "unknown-key"],
  ["unevaluatedProperties", "unknown-key"],
  ["required", "missing-key"],
  ["false", "does-not-apply"],
  ["type", "wrong-type"],
  ["enum", "not-allowed"],
  ["const", "not-allowed"],
  ["minItems", "empty"],
  ["minLength", "empty"],
  ["minProperties", "empty"],
  ["maxLength", "too-long"],
  ["maxItems", "too-long"],
  ["maxProperties", "too-long"],
  ["uniqueItems", "repeated"],
  ["minimum", "out-of-range"],
  ["maximum", "out-of-range"],
  ["exclusiveMinimum", "out-of-range"],
  ["exclusiveMaximum", "out-of-range"],
]);
const LIMITS = /** @type {const} */ ([
  ["at least", "minimum"],
  ["at most", "maximum"],
  ["more than", "exclusiveMinimum"],
  ["less than", "exclusiveMaximum"],
]);
const IN_QUOTES = "put the whole text in quotes";

/** What is wrong, and what to do. @typedef {[what: string, hint: string]} Words */

/**
 * Return all that a record breaks of its schema.
 * @param {Schema} schema
 * @param {any} value
 * @returns {Fault[]}
 */
export function explained(schema, value) {
  return new Explanation(schema, value).faults();
}

class Explanation {
  /**
   * @param {Schema} schema
   * @param {any} data
   */
  constructor(schema, data) {
    this.schema = schema;
    this.data = data;
    this.root = propertyOf(schema, schema);
  }

  /** @returns {Fault[]} */
  faults() {
    const errors = errorsOf(this.schema, this.data);
    const ofWrongType = new Set(errors.filter(({ keyword }) => keyword === "type").map(({ path }) => path.join("\n")));
    return withoutMisspelt(errors)
      .filter(({ keyword, path }) => !((keyword === "enum" || keyword === "const") && ofWrongType.has(path.join("\n"))))
      .flatMap((error) => this.explain(error));
  }

  /**
   * Return the faults that an error is.
   * @param {SchemaError} error
   * @returns {Fault[]}
   */
  explain(error) {
    const { keyword, path } = error;
    const said = messageFor(this.schema, error.way);
    switch (keyword) {
      case "additionalProperties":
      case "unevaluatedProperties":
        return error.names.map((name) => {
          const hint = this.knownKey(name, path);
          return faultOf("unknown-key", [...path, name], [`unknown key ${quoted(name)}`, hint]);
        });
      case "required":
        return this.missing(error, said);
      case "propertyNames":
        return error.names.map((name) => {
          const hint = said || purpose(this.wanted(path));
          return faultOf("wrong-form", [...path, name], [`${quoted(name)} cannot be a key here`, hint]);
        });
      case "uniqueItems":
        return this.repeated(path, said);
      case "anyOf":
      case "oneOf":
        return this.ofAlternatives(error, said);
      default:
        return [faultOf(RULES.get(keyword) ?? "wrong-form", path, this.words(error, said))];
    }
  }

  /**
   * Return the words for an error of a keyword that is about one value.
   * @param {SchemaError} error
   * @param {string} said
   * @returns {Words}
   */
  words({ keyword, path, way }, said) {
    const value = valueAt(this.data, path);
    const declared = this.root.at(path);
    const wanted = declared?.schema ?? {};
    const limit = nodeAt(this.schema, way);
    switch (keyword) {
      case "false":
        return ["does not apply here", said || "take it out"];
      case "type":
        return wrongType([limit].flat(), value, path, declared);
      case "enum":
      case "const":
        return [`${quoted(value)} is not allowed`, said || allowed(value, wanted.enum ?? [wanted.const ?? null])];
      case "pattern":
      case "format":
        return [`${quoted(value)} does not have the right form`, toFit(value, wanted) || said || purpose(wanted)];
      case "minItems":
      case "minLength":
      case "minProperties":
        return tooShort(value, limit, said, declared);
      case "maxLength":
        return [`is too long (${grouped(Array.from(value).length)} characters)`, said || `at most ${grouped(limit)}`];
      case "maxItems":
      case "maxProperties":
        return [`holds too many entries (${grouped(Object.keys(value).length)})`, said || `at most ${grouped(limit)}`];
      case "minimum":
      case "maximum":
      case "exclusiveMinimum":
      case "exclusiveMaximum":
        return [`${quoted(value)} is out of range`, said || limitsOf(wanted)];
      case "multipleOf":
        return noMultiple(value, limit, said);
      default:
        return said
          ? [said, ""]
          : [`breaks what the schema asks with '${keyword}'`, purpose(wanted) || "see the field reference"];
    }
  }

  /** @param {Path} path */
  wanted(path) {
    return this.root.at(path)?.schema ?? {};
  }

  /**
   * @param {SchemaError} error
   * @param {string} said
   * @returns {Fault[]}
   */
  missing({ path, names }, said) {
    const known = this.root.at(path)?.properties;
    // A key that cannot be written is not asked for: the schema is wrong then.
    const asked = names.filter((name) => !known || known.size === 0 || known.has(name));
    return asked.map((name) => {
      const hint = said || purpose(known?.get(name)?.schema ?? {});
      return faultOf("missing-key", [...path, name], [`the key ${quoted(name)} is missing`, hint]);
    });
  }

  /**
   * Say what to write for an unknown key: one that is spelt alike, or where the key belongs.
   * @param {string} name
   * @param {Path} path
   * @returns {string}
   */
  knownKey(name, path) {
    const known = [...(this.root.at(path)?.properties.keys() ?? [])];
    const meant = didYouMean(name, known);
    if (meant) return meant;
    const isAtTop = path.length === 0;
    const elsewhere = isAtTop && [...this.root.declared()].find((one) => one.key === name && one.path.length > 1);
    if (elsewhere) {
      const parent = elsewhere.path.slice(0, -1).join(".").replaceAll(".[]", "");
      return `it belongs to ${quoted(parent)}: indent it below that`;
    }
    if (this.root.properties.has(name) && !isAtTop) {
      return "it belongs to the record as a whole: begin the line where the other keys of the record begin";
    }
    return known.length > 0 && known.length <= FEW
      ? `allowed: ${known.join(", ")}`
      : "the field reference lists all keys";
  }

  /**
   * Tell each entry of a list that stands there again, unless a rule tells it by one of its values.
   * @param {Path} path
   * @param {string} said
   * @returns {Fault[]}
   */
  repeated(path, said) {
    const value = valueAt(this.data, path);
    const item = this.root.at(path)?.item;
    const unique = new Set(
      [...(item?.declared() ?? [])].filter(({ schema }) => schema["x-unique"] === "list").map(({ key }) => key),
    );
    /** @type {Map<string, number>} */
    const first = new Map();
    return value.flatMap((/** @type {any} */ entry, /** @type {number} */ number) => {
      const text = textOf(entry);
      const earlier = first.get(text);
      if (earlier === undefined) first.set(text, number);
      if (earlier === undefined || (isMapping(entry) && Object.keys(entry).some((key) => unique.has(key)))) return [];
      const shown = typeof entry === "object" ? "this entry" : quoted(entry);
      const what = `${shown} is in the list already (entry ${earlier + 1})`;
      return [faultOf("repeated", [...path, number], [what, said || "delete one of the two"])];
    });
  }

  /**
   * Explain a value for which none of several schemas holds, or more than one.
   * @param {SchemaError} error
   * @param {string} said
   * @returns {Fault[]}
   */
  ofAlternatives({ path, way, branches }, said) {
    if (said) return [faultOf("wrong-form", path, [said, ""])];
    if (branches.some((branch) => branch.length === 0)) {
      const names = requiredByAlternatives(nodeAt(this.schema, way));
      if (names.length === 0)
        return [faultOf("wrong-form", path, ["fits more than one of the forms", "see the field reference"])];
      return [faultOf("wrong-form", path, [`has more than one of the keys ${names.join(", ")}`, "keep one"])];
    }
    const isHere = (/** @type {SchemaError} */ one) => one.path.length === path.length;
    const errors = branches.flat();
    if (errors.every((one) => one.keyword === "required" && isHere(one))) {
      const names = [...new Set(errors.flatMap((one) => one.names))].join(", ");
      return [faultOf("wrong-form", path, [`one of the keys ${names} is missing`, "write one of them"])];
    }
    const fitting = branches.filter((branch) => !branch.some((one) => one.keyword === "type" && isHere(one)));
    if (fitting.length === 0) {
      const types = errors.filter(({ keyword }) => keyword === "type").flatMap((one) => nodeAt(this.schema, one.way));
      const words = wrongType([...new Set(types)], valueAt(this.data, path), path, this.root.at(path));
      return [faultOf("wrong-type", path, words)];
    }
    const nearest = fitting.reduce((best, branch) => (countOf(branch) < countOf(best) ? branch : best));
    return withoutMisspelt(nearest).flatMap((one) => this.explain(one));
  }
}

/**
 * Return how many errors the command line counts: each key that is missing is one.
 * @param {readonly SchemaError[]} errors
 */
function countOf(errors) {
  return errors.reduce((count, one) => count + (one.keyword === "required" ? one.names.length : 1), 0);
}

/**
 * Return a fault.
 * @param {string} rule
 * @param {Path} path
 * @param {Words} words
 * @param {"error" | "warning"} [severity]
 * @returns {Fault}
 */
export function faultOf(rule, path, [what, hint], severity = "error") {
  return { path, message: hint ? `${what} (${hint})` : what, what, hint, rule, severity };
}

/**
 * @param {readonly string[]} types
 * @param {any} value
 * @param {Path} path
 * @param {Property | undefined} declared
 * @returns {Words}
 */
function wrongType(types, value, path, declared) {
  const needs = `must be ${types.map((name) => TYPES.get(name) ?? name).join(" or ")}`;
  if (value === null) return [`${needs}, not empty`, writeSomething(declared)];
  const words = wordsForType(types[0] ?? "", value, path, declared, needs);
  return words ?? [`${needs}, not ${described(value)}`, purpose(declared?.schema ?? {})];
}

/**
 * @param {string} type
 * @param {any} value
 * @param {Path} path
 * @param {Property | undefined} declared
 * @param {string} needs
 * @returns {Words | undefined}
 */
function wordsForType(type, value, path, declared, needs) {
  const isSingle = typeof value !== "object";
  switch (type) {
    case "string":
      return isSingle ? numberForText(value, declared?.schema ?? {}, needs) : groupForText(value, needs);
    case "array":
      return [`${needs}, not ${described(value)}`, toList(value, declared)];
    case "boolean": {
      const meant = meantBoolean(value) || "true or false";
      return isSingle ? [`${needs}, not ${described(value)}`, `write ${meant}, without quotes`] : undefined;
    }
    case "integer":
    case "number":
      return typeof value === "boolean" || !isSingle ? undefined : textForNumber(value, needs, type === "integer");
    case "object":
      return declared ? valueForMapping(value, path, declared, needs) : undefined;
    default:
      return;
  }
}

/**
 * @param {number | boolean} value
 * @param {Schema} wanted
 * @param {string} needs
 * @returns {Words}
 */
function numberForText(value, wanted, needs) {
  const text = String(value);
  const what = typeof value === "boolean" ? text : `the number ${text}`;
  const hint = fits(text, wanted) ? `put it in quotes: ${inQuotes(text)}` : toFit(text, wanted);
  return [`${needs}, not ${what}`, hint || purpose(wanted)];
}

/**
 * @param {any} value
 * @param {string} needs
 * @returns {Words}
 */
function groupForText(value, needs) {
  const [[key, rest] = ["", {}], ...others] = isMapping(value) ? Object.entries(value) : [];
  if (others.length === 0 && typeof rest !== "object") {
    const text = `${key}: ${rest}`;
    const hint = text.length <= LONGEST ? `${IN_QUOTES}: ${inQuotes(text)}` : IN_QUOTES;
    return [`${needs}; the ': ' in it makes a key of what stands before it`, hint];
  }
  return [`${needs}, not ${described(value)}`, "write one text; put it in quotes if it has brackets"];
}

/**
 * @param {string | number} value
 * @param {string} needs
 * @param {boolean} isWhole
 * @returns {Words}
 */
function textForNumber(value, needs, isWhole) {
  if (typeof value === "number") return [`${needs}, not ${value}`, toWholeNumber(String(value))];
  if (/^[0-9]+$/u.test(value) && value.length > MOST_DIGITS) {
    return [`${needs}; ${quoted(value)} is larger than any that can be read`, "write a smaller one"];
  }
  return [`${needs}, not the text ${quoted(value)}`, isWhole ? toWholeNumber(value) : toNumber(value)];
}

/**
 * @param {any} value
 * @param {Path} path
 * @param {Property} declared
 * @param {string} needs
 * @returns {Words | undefined}
 */
function valueForMapping(value, path, declared, needs) {
  if (typeof value !== "object") {
    const shown = String(value);
    const hint = asEntry(shown, declared, typeof path.at(-1) === "number");
    return [`${needs}, not the text ${quoted(shown)}`, hint];
  }
  if (path.length > 0) return;
  const lists = [...declared.properties].filter(([, child]) => child.types.has("array")).map(([name]) => name);
  const hint = lists.length === 1 ? `write '${lists[0]}:' on a line above the list` : purpose(declared.schema);
  return [`${needs}, not a list`, hint];
}

/** @param {any} value */
function described(value) {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "string") return `the text ${quoted(value)}`;
  return Array.isArray(value) ? "a list" : "a mapping";
}

/**
 * @param {any} value
 * @param {number} limit
 * @param {string} said
 * @param {Property | undefined} declared
 * @returns {Words}
 */
function tooShort(value, limit, said, declared) {
  const isText = typeof value === "string";
  const length = isText ? Array.from(value).length : Object.keys(value).length;
  if (length === 0) return ["must not be empty", said || writeSomething(declared)];
  const unit = isText ? "characters" : "entries";
  return [`is too short (${length} ${unit})`, said || `at least ${limit} ${unit}`];
}

/** @param {Property | undefined} declared */
function writeSomething(declared) {
  const isRequired = declared !== undefined && (declared.isRequired || declared.path.length === 0);
  return isRequired ? "write something" : "write something or leave the key out";
}

/**
 * @param {number} value
 * @param {number} of
 * @param {string} said
 * @returns {Words}
 */
function noMultiple(value, of, said) {
  const below = Math.floor(value / of) * of;
  const [one, other] = [below, below + of].map((number) => Number(number.toPrecision(6)));
  return [`${quoted(value)} is not a multiple of ${of}`, said || `write ${one} or ${other}`];
}

/** @param {Schema} wanted */
function limitsOf(wanted) {
  return LIMITS.filter(([, limit]) => limit in wanted)
    .map(([words, limit]) => `${words} ${wanted[limit]}`)
    .join(", ");
}

/** @param {number} number */
function grouped(number) {
  return String(number).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}

/**
 * Return the errors but for keys that are missing because they are misspelt, which is told of the unknown key.
 * @param {readonly SchemaError[]} errors
 * @returns {SchemaError[]}
 */
function withoutMisspelt(errors) {
  const unexpected = new Map(
    errors
      .filter(({ keyword }) => keyword === "additionalProperties")
      .map(({ path, names }) => [path.join("\n"), names]),
  );
  return errors.map((error) => {
    const found = unexpected.get(error.path.join("\n")) ?? [];
    const names = error.names.filter((name) => error.keyword !== "required" || !didYouMean(name, found));
    return { ...error, names };
  });
}

/**
 * Return the keys that alternatives ask for, if that is all that they ask.
 * @param {any} alternatives
 * @returns {string[]}
 */
function requiredByAlternatives(alternatives) {
  const found = [alternatives ?? []]
    .flat()
    .map((one) => (isMapping(one) && Object.keys(one).length === 1 ? (one.required ?? []) : []));
  return found.every((names) => names.length > 0) ? found.flat() : [];
}

/**
 * Return the `x-message` for a keyword that failed; empty if there is none. It is that of the innermost part of the
 * schema on the way to the keyword. The message of an object explains how its keys go together (`oneOf`, `if`), and
 * nothing else of it: not a key that is missing, and no value below. What holds under a condition is explained as a
 * whole.
 * @param {Schema} schema
 * @param {readonly string[]} way
 * @returns {string}
 */
function messageFor(schema, way) {
  let [said, isConditional] = ["", false];
  for (const { part, node } of stepsThrough(schema, way)) {
    const isAbout = part === "$ref" || isConditional || !("properties" in node) || COMBINING.has(part);
    if (isAbout) said = node["x-message"] || said;
    if (STEPS.has(part) && !isConditional) said = "";
    isConditional ||= part === "then" || part === "else";
  }
  return said;
}

/**
 * Yield the steps of a way through a schema, each with the schema that it leads from.
 * @param {Schema} schema
 * @param {readonly string[]} way
 * @returns {Generator<{ part: string, node: Schema }>}
 */
function* stepsThrough(schema, way) {
  /** @type {any} */
  let node = schema;
  for (const part of way) {
    if (isMapping(node)) {
      if (isBehindReference(node, part, schema)) {
        yield { part: "$ref", node };
        node = resolved(node, schema);
      }
      yield { part, node };
    }
    node = nodeAt(schema, [part], node);
  }
}

/**
 * Tell whether a keyword is not in a schema, but in that to which it refers.
 * @param {Schema} node
 * @param {string} part
 * @param {Schema} schema
 */
function isBehindReference(node, part, schema) {
  return part !== "$ref" && !(part in node) && resolved(node, schema) !== undefined;
}
