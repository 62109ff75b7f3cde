/** Which properties a record must have, or must not have, because of the value of another: `if` and `then` of a schema. */

/** @import { Schema, Value } from "../../../../../types/form.d.ts" */

/** @typedef {{ key: string, values: readonly Value[], required: readonly string[], forbidden: readonly string[] }} Condition */

/**
 * Return the conditions of a schema that look at the value of one property.
 * @param {Schema} schema
 * @returns {Condition[]}
 */
export function conditionsOf(schema) {
  const parts = [schema, ...(Array.isArray(schema["allOf"]) ? schema["allOf"] : [])];
  return parts.flatMap(({ if: asked, then }) => {
    const [looked, ...others] = Object.entries(asked?.properties ?? {});
    if (!looked || others.length > 0 || !then) return [];
    const [key, { const: only, enum: several }] = /** @type {[string, Schema]} */ (looked);
    const values = only === undefined ? several : [only];
    if (!Array.isArray(values)) return [];
    const forbidden = Object.entries(then.properties ?? {}).flatMap(([name, one]) => (one === false ? [name] : []));
    return [{ key, values, required: then.required ?? [], forbidden }];
  });
}

/**
 * Return the properties that some condition asks for, so that a form shows them beside those that are always needed.
 * @param {readonly Condition[]} conditions
 * @returns {Set<string>}
 */
export function needed(conditions) {
  return new Set(conditions.flatMap(({ required }) => required));
}

/**
 * Return the properties of which a schema asks for one or another (`oneOf`, `anyOf`).
 * @param {Schema} schema
 * @returns {Set<string>}
 */
export function alternativesIn(schema) {
  const parts = [schema, ...(Array.isArray(schema["allOf"]) ? schema["allOf"] : [])];
  const alternatives = parts.flatMap(({ oneOf = [], anyOf = [] }) => [...oneOf, ...anyOf]);
  return new Set(alternatives.flatMap(({ required = [] }) => required));
}

/**
 * Return what holds now: which properties must be there, and which cannot be.
 * @param {readonly Condition[]} conditions
 * @param {Value} record
 */
export function holding(conditions, record) {
  const met = conditions.filter(({ key, values }) => values.includes(record?.[key]));
  const required = new Set(met.flatMap((one) => one.required));
  const forbidden = new Set(met.flatMap((one) => one.forbidden));
  const always = new Set(conditions.flatMap((one) => one.forbidden));
  const isHidden = (/** @type {string} */ name) =>
    forbidden.has(name) || (always.has(name) && needed(conditions).has(name) && !required.has(name));
  return { required, isHidden };
}
