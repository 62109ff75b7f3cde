/** Asks the model of the form: `node form-model.js`, with `{ask, ...}` as JSON on stdin. */

import { readFileSync } from "node:fs";
import process from "node:process";
import { check } from "../../../generator/smartguide/theme/assets/form/model/checking.js";
import { idFor, slug } from "../../../generator/smartguide/theme/assets/form/model/naming.js";
import { RULES } from "../../../generator/smartguide/theme/assets/form/model/rules.js";
import { newFile } from "../../../generator/smartguide/theme/assets/form/model/writing.js";

const { ask, form, names, known, values } = JSON.parse(readFileSync(0, "utf8"));

/** @type {Record<string, (value: any) => unknown>} */
const ANSWERS = {
  check: (value) => check(form, value, names, known),
  files: (value) => newFile(form, value),
  ids: (value) => idFor(form, value, names),
  slugs: (value) => slug(value),
};

const answer = ask === "rules" ? Object.keys(RULES) : values.map(ANSWERS[ask]);
process.stdout.write(JSON.stringify(answer));
