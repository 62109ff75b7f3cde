/** Which part of the form shows a field. */

/** @import { Field } from "../../../../../types/form.d.ts" */
/** @import { Context } from "../../../../../types/record-form.d.ts" */

import { GroupPart } from "./group.js";
import { ListPart } from "./list.js";
import { MappingPart, OneOfPart } from "./others.js";
import { ReferencePart } from "./reference.js";
import { ChoicePart, NumberPart, TextPart, YesNoPart } from "./simple.js";

/**
 * Return the part for a field.
 * @param {Field} field
 * @param {Context} context
 * @returns {import("./part.js").Part}
 */
export function partFor(field, context) {
  switch (field.kind) {
    case "number":
      return new NumberPart(field, context);
    case "yes-no":
      return new YesNoPart(field, context);
    case "choice":
      return new ChoicePart(field, context);
    case "reference":
      return new ReferencePart(field, context);
    case "list":
      return new ListPart(field, context, partFor);
    case "group":
      return new GroupPart(field, context, partFor);
    case "mapping":
      return new MappingPart(field, context, partFor);
    case "one of":
      return new OneOfPart(field, context, partFor);
    default:
      return new TextPart(field, context);
  }
}
