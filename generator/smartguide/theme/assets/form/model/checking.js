/** Checks a record in the browser: by its schema, references and what is unique, in the words of the command line. */

/** @import { Fault, Form, Known, Names, Value } from "../../../../../../types/form.d.ts" */

import { Validator } from "./packages.js";

/**
 * Return all that is wrong with a record, in the order of its fields. `names` are the names that `loadNames` returns.
 * @param {Form} form
 * @param {Value} value
 * @param {Names} names
 * @param {Known} [known]
 * @returns {Fault[]}
 */
export function check(form, value, names, known = {}) {
  const found = new Validator(/** @type {any} */ (form.schema), "2020-12", false).validate(value);
  return found.errors.map((unit) => ({
    path: unit.instanceLocation.split("/").slice(1),
    message: unit.error,
    what: unit.error,
    hint: "",
    rule: unit.keyword,
    severity: "error",
  }));
}
