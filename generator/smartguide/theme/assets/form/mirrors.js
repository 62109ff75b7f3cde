/** Records that name each other (`x-mirror`): what follows for the other one from what is typed of one. */

/** @import { Form, Value } from "../../../../../types/form.d.ts" */

import { referencesIn } from "./model/references.js";
import { rootOf } from "./model/schema.js";

/** A record that must name another one in its property `back`, or no longer. */
/** @typedef {{ collection: string, id: string, back: string, isNamed: boolean }} Mirrored */

/**
 * Return the records that must change because a record names them now, or no longer.
 * @param {{ form: Form, value: Value, before: Value }} record
 * @returns {Mirrored[]}
 */
export function mirroredBy({ form, value, before }) {
  const [now, earlier] = [namedIn(form, value), namedIn(form, before)];
  const come = now.filter((one) => !earlier.some((other) => isSame(one, other)));
  const gone = earlier.filter((one) => !now.some((other) => isSame(one, other)));
  return [...come.map((one) => ({ ...one, isNamed: true })), ...gone.map((one) => ({ ...one, isNamed: false }))];
}

/**
 * Return a record that names another one, or no longer does, in a property. A property that it must have, or that holds
 * one value only, stays as it is if that would be lost.
 * @param {Form} form
 * @param {Value} record
 * @param {Mirrored} mirrored
 * @param {string} id the id of the other one
 * @returns {Value}
 */
export function withBack(form, record, { back, isNamed }, id) {
  const property = rootOf(form).properties.get(back);
  const named = [record?.[back] ?? []].flat();
  if (!property || named.includes(id) === isNamed) return record;
  const others = isNamed ? [...named, id] : named.filter((one) => one !== id);
  if (others.length === 0 && property.isRequired) return record;
  if (property.types.has("array")) return { ...record, [back]: others.length > 0 ? others : undefined };
  return others.length > 1 ? record : { ...record, [back]: others[0] };
}

/**
 * @param {Form} form
 * @param {Value} record
 */
function namedIn(form, record) {
  if (record === undefined || record === null) return [];
  return referencesIn(form, record).flatMap(({ value, ref, property }) => {
    const back = property.schema["x-mirror"];
    return typeof back === "string" && ref.key === "" ? [{ collection: ref.collection, id: String(value), back }] : [];
  });
}

/**
 * @param {Omit<Mirrored, "isNamed">} one
 * @param {Omit<Mirrored, "isNamed">} other
 */
function isSame(one, other) {
  return one.collection === other.collection && one.id === other.id && one.back === other.back;
}
