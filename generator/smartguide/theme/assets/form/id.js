/** The id of a new record whose name gives none: a person writes it. */

/** @import { Form } from "../../../../../types/form.d.ts" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { idOf, slug } from "./model/naming.js";
import { TextPart } from "./simple.js";

/** What `slug` makes of a text without letters that an id can have. */
const NONE = "record";
const FORM = "Write one in Latin letters, as lower-case words joined by hyphens. It cannot be changed later.";

export class IdPart extends TextPart {
  /**
   * @param {Form} form
   * @param {Context} context
   */
  constructor(form, context) {
    const common = { path: [], name: "id", title: "Name in its URL", help: FORM, example: "a-short-name" };
    super({ ...common, required: true, kind: "text" }, context);
    this.form = form;
    this.element.hidden = true;
  }

  /**
   * @override
   * @param {Value} record
   */
  follow(record) {
    const label = String(record?.[this.form.label] ?? "");
    this.element.hidden = label === "" || idOf(this.form, record) !== "";
    const id = slug(label);
    const why =
      id === NONE ? "The name has no letters that a URL can have." : `On Windows no file can be called “${id}”.`;
    this.help.textContent = `${why} ${FORM}`;
  }
}
