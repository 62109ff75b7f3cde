/** What a form shows for each property of a kind of record. */

/** @import { Choice, Field, FieldKind, Form, Schema } from "../../../../../../types/form.d.ts" */

import { ITEM, isMapping, OTHER, Property, propertyOf, rootOf } from "./schema.js";

/** So deep a schema is followed: it may refer to itself. */
const MAX_DEPTH = 12;
const MONTH = /^[0-9]{4}-[0-9]{2}$/u;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/u;
/** An example with more characters shows that the text is a long one. */
const LONG = 60;

/**
 * Return the fields of a record, in the order of its schema: required ones and others. Former ids are left out: they
 * follow from what the command line does.
 * @param {Pick<Form, "schema">} form
 * @returns {Field[]}
 */
export function fieldsOf(form) {
  return fieldsBelow(rootOf(form));
}

/**
 * @param {Property} property
 * @returns {Field[]}
 */
function fieldsBelow(property) {
  return Array.from(property.properties.values())
    .filter((child) => child.schema["x-former-ids"] !== true)
    .map((child) => fieldOf(child));
}

/**
 * @param {Property} property
 * @returns {Field}
 */
function fieldOf(property) {
  const { schema, key } = property;
  return {
    path: property.path,
    name: key === ITEM || key === OTHER ? "" : key,
    title: String(schema.title ?? key),
    help: String(schema["x-help"] ?? schema.description ?? ""),
    example: exampleOf(schema),
    required: property.isRequired,
    ...shapeOf(property),
  };
}

/**
 * Return the kind of a field, and what only fields of its kind have.
 * @param {Property} property
 * @returns {Pick<Field, "kind"> & Partial<Field>}
 */
function shapeOf(property) {
  const { schema, ref, types } = property;
  if (ref) return { kind: "reference", collection: ref.collection, key: ref.key };
  const options = optionsOf(property);
  if (options.length > 0) return { kind: "one of", options };
  const choices = choicesOf(schema);
  if (choices.length > 0) return { kind: "choice", choices };
  if (property.path.length > MAX_DEPTH) return { kind: "text" };
  if (types.has("array")) {
    return {
      kind: "list",
      unique: schema.uniqueItems === true,
      ...(property.item && { item: fieldOf(property.item) }),
    };
  }
  if (types.has("object")) return ofMapping(property);
  if (types.has("boolean")) return { kind: "yes-no" };
  if (types.has("integer") || types.has("number")) return ofNumber(property);
  return ofText(schema);
}

/**
 * @param {Property} property
 * @returns {Pick<Field, "kind"> & Partial<Field>}
 */
function ofMapping(property) {
  const fields = fieldsBelow(property);
  if (fields.length === 0 && property.others) return { kind: "mapping", item: fieldOf(property.others) };
  return { kind: "group", fields, ...(property.others && { item: fieldOf(property.others) }) };
}

/**
 * @param {Property} property
 * @returns {Pick<Field, "kind"> & Partial<Field>}
 */
function ofNumber({ schema, types }) {
  return {
    kind: "number",
    whole: !types.has("number"),
    ...(typeof schema.minimum === "number" && { minimum: schema.minimum }),
    ...(typeof schema.maximum === "number" && { maximum: schema.maximum }),
  };
}

/**
 * @param {Schema} schema
 * @returns {Pick<Field, "kind"> & Partial<Field>}
 */
function ofText(schema) {
  return { kind: kindOfText(schema), ...(schema["x-prose"] === true && { prose: true }) };
}

/**
 * @param {Schema} schema
 * @returns {FieldKind}
 */
function kindOfText(schema) {
  const example = firstOf(schema);
  if (schema.format === "date" || DAY.test(example)) return "date";
  if (MONTH.test(example)) return "month";
  if (schema.format === "uri" || /^https?:\/\//u.test(example)) return "url";
  return schema["x-prose"] === true || example.length > LONG ? "long text" : "text";
}

/**
 * Return the forms that a value may have, if they are of different types.
 * @param {Property} property
 * @returns {Field[]}
 */
function optionsOf(property) {
  const alternatives = property.schema.type ? [] : property.parts.flatMap(({ schema }) => alternativesIn(schema));
  const options = alternatives.map((schema) => propertyOf(schema, property.root, property.path));
  if (options.length === 0 || options.some(({ types }) => types.size === 0)) return [];
  return options.map((one) => ({ ...fieldOf(one), required: property.isRequired }));
}

/**
 * @param {Schema} schema
 * @returns {Schema[]}
 */
function alternativesIn(schema) {
  return [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter(isMapping);
}

/**
 * @param {Schema} schema
 * @returns {Choice[]}
 */
function choicesOf(schema) {
  const values = "const" in schema ? [schema.const] : schema.enum;
  return Array.isArray(values) ? values.map((value) => ({ value, label: String(value) })) : [];
}

/**
 * Return the first example of a text; an empty one if there is none.
 * @param {Schema} schema
 * @returns {string}
 */
function firstOf(schema) {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return typeof example === "string" ? example : "";
}

/**
 * Return an example as one would type it; empty for lists and mappings.
 * @param {Schema} schema
 * @returns {string}
 */
function exampleOf(schema) {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return example === undefined || example === null || typeof example === "object" ? "" : String(example);
}
