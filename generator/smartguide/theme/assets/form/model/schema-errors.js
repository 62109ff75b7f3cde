/** What a value breaks of a schema: one error for each keyword, with its place in the record and in the schema. */

/** @import { Path, Schema } from "../../../../../../types/form.d.ts" */

import { Validator } from "./packages.js";
import { isMapping, resolved, unescaped } from "./schema.js";

/**
 * An error: `keyword` failed for the value at `path`, at the place `way` of the schema. `names` are the keys that are
 * missing, not known or cannot be keys; `branches` the errors of each alternative (`anyOf`, `oneOf`).
 * @typedef {{ keyword: string, path: Path, way: readonly string[], names: readonly string[], branches: SchemaError[][] }} SchemaError
 */

/** @typedef {{ instanceLocation: string, keyword: string, keywordLocation: string }} Unit */

/** Keywords that only say that something below them failed. */
const WRAPPERS = new Set([
  "properties",
  "patternProperties",
  "items",
  "prefixItems",
  "$ref",
  "allOf",
  "if",
  "dependentSchemas",
]);
const OF_KEYS = new Set(["additionalProperties", "unevaluatedProperties"]);
const ALTERNATIVES = new Set(["anyOf", "oneOf"]);
/** Keywords that are told as a whole, not by what failed below them. */
const WHOLE = new Set(["contains", "propertyNames"]);

/** @type {WeakMap<Schema, InstanceType<typeof Validator>>} */
const VALIDATORS = new WeakMap();

/**
 * Return all that a value breaks of a schema, in the order in which the validator tells it.
 * @param {Schema} schema
 * @param {any} value
 * @returns {SchemaError[]}
 */
export function errorsOf(schema, value) {
  const validator = VALIDATORS.get(schema) ?? new Validator(/** @type {any} */ (schema), "2020-12", false);
  VALIDATORS.set(schema, validator);
  return read(placed(validator.validate(value).errors), schema, value);
}

/**
 * Return units with the place in the schema also of `false`, which the validator does not tell.
 * @param {readonly Unit[]} units
 * @returns {Unit[]}
 */
function placed(units) {
  /** @type {Unit[]} */
  const found = [];
  for (const unit of units) {
    const wrapper = found.at(-1);
    if (unit.keyword === "false" && wrapper) {
      const key = unit.instanceLocation.slice(unit.instanceLocation.lastIndexOf("/"));
      const keywordLocation =
        wrapper.keyword === "properties" ? wrapper.keywordLocation + key : wrapper.keywordLocation;
      found.push({ ...unit, keywordLocation });
    } else if (unit.keyword === "dependentRequired") {
      found.push({ ...unit, keywordLocation: unit.keywordLocation.replace(/[^/]+$/u, "dependentRequired") });
    } else {
      found.push(unit);
    }
  }
  return found;
}

/**
 * @param {readonly Unit[]} units
 * @param {Schema} schema
 * @param {any} value
 * @returns {SchemaError[]}
 */
function read(units, schema, value) {
  /** @type {Map<string, SchemaError>} */
  const found = new Map();
  let inside = 0;
  for (const [at, unit] of units.entries()) {
    const next = units[at + 1];
    if (at < inside || isWrapper(unit, next)) continue;
    const error = errorOf(unit, next, value);
    const inner = isToldAsWhole(unit.keyword) ? below(units, at) : [];
    if (ALTERNATIVES.has(unit.keyword)) error.branches = branchesOf(inner, unit, schema, value);
    inside = at + 1 + (OF_KEYS.has(unit.keyword) ? 1 : inner.length);
    add(found, unit, withMissing(error, schema, value));
  }
  return [...found.values()];
}

/**
 * Add an error, unless it is told already: of keys that are not known, each is told by a unit of its own.
 * @param {Map<string, SchemaError>} found
 * @param {Unit} unit
 * @param {SchemaError} error
 */
function add(found, { keyword, instanceLocation, keywordLocation }, error) {
  const key = `${instanceLocation} ${keywordLocation} ${keyword === "propertyNames" ? error.names : ""}`;
  const before = found.get(key);
  if (before && OF_KEYS.has(keyword)) before.names = [...before.names, ...error.names];
  else if (!before) found.set(key, error);
}

/**
 * Tell whether a unit only says that the next ones failed.
 * @param {Unit} unit
 * @param {Unit | undefined} next
 */
function isWrapper({ keyword }, next) {
  return WRAPPERS.has(keyword) || (OF_KEYS.has(keyword) && next?.keyword !== "false");
}

/** @param {string} keyword */
function isToldAsWhole(keyword) {
  return ALTERNATIVES.has(keyword) || WHOLE.has(keyword);
}

/**
 * @param {Unit} unit
 * @param {Unit | undefined} next
 * @param {any} value
 * @returns {SchemaError}
 */
function errorOf(unit, next, value) {
  const isOfKey = OF_KEYS.has(unit.keyword) || unit.keyword === "propertyNames";
  return {
    keyword: unit.keyword,
    path: pathOf(unit.instanceLocation, value),
    way: stepsOf(unit.keywordLocation),
    names: isOfKey && next ? [stepsOf(next.instanceLocation).at(-1) ?? ""] : [],
    branches: [],
  };
}

/**
 * Return the units behind one that tell what failed below it.
 * @param {readonly Unit[]} units
 * @param {number} at
 */
function below(units, at) {
  const place = units[at]?.keywordLocation ?? "";
  let end = at + 1;
  while (units[end]?.keywordLocation.startsWith(`${place}/`)) end += 1;
  return units.slice(at + 1, end);
}

/**
 * Return the errors of each alternative that failed. One that holds has none.
 * @param {readonly Unit[]} units
 * @param {Unit} unit
 * @param {Schema} schema
 * @param {any} value
 * @returns {SchemaError[][]}
 */
function branchesOf(units, unit, schema, value) {
  const alternatives = nodeAt(schema, stepsOf(unit.keywordLocation));
  const count = Array.isArray(alternatives) ? alternatives.length : 0;
  return Array.from({ length: count }, (_, number) => {
    const place = `${unit.keywordLocation}/${number}`;
    const own = units.filter(
      ({ keywordLocation }) => keywordLocation === place || keywordLocation.startsWith(`${place}/`),
    );
    return read(own, schema, value);
  });
}

/**
 * Return an error about missing keys with their names.
 * @param {SchemaError} error
 * @param {Schema} schema
 * @param {any} value
 * @returns {SchemaError}
 */
function withMissing(error, schema, value) {
  const data = valueAt(value, error.path);
  const declared = nodeAt(schema, error.way);
  if (error.keyword === "required" && Array.isArray(declared)) {
    return { ...error, names: declared.filter((name) => !Object.hasOwn(data, name)) };
  }
  if (error.keyword === "dependentRequired" && isMapping(declared)) {
    const asked = Object.keys(declared).filter((name) => Object.hasOwn(data, name));
    const names = new Set(asked.flatMap((name) => declared[name]).filter((name) => !Object.hasOwn(data, name)));
    return { ...error, keyword: "required", names: [...names] };
  }
  return error;
}

/**
 * Return what is at a place of a schema: the value of a keyword, or a schema.
 * @param {Schema} schema
 * @param {readonly string[]} way
 * @param {any} [from] where the way begins, if not at the top of the schema
 * @returns {any}
 */
export function nodeAt(schema, way, from = schema) {
  let node = from;
  for (const part of way) {
    const target = isMapping(node) ? resolved(node, schema) : undefined;
    if (part === "$ref" && target) node = target;
    else if (Array.isArray(node)) node = node[Number(part)];
    else node = node?.[part] ?? target?.[part];
  }
  return node;
}

/**
 * Return the value at a path of a record.
 * @param {any} data
 * @param {Path} path
 * @returns {any}
 */
export function valueAt(data, path) {
  let found = data;
  for (const part of path) found = found?.[part];
  return found;
}

/**
 * Return the way to a value: numbers where it leads through lists.
 * @param {string} pointer
 * @param {any} data
 * @returns {Path}
 */
function pathOf(pointer, data) {
  /** @type {(string | number)[]} */
  const path = [];
  for (const step of stepsOf(pointer)) path.push(Array.isArray(valueAt(data, path)) ? Number(step) : step);
  return path;
}

/**
 * @param {string} pointer
 * @returns {string[]}
 */
function stepsOf(pointer) {
  return pointer.split("/").slice(1).map(unescaped);
}
