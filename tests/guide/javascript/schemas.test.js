/** The schemas, as programs in JavaScript read them: ajv in its strict mode, and ECMAScript's regular expressions. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

const ROOT = new URL("../../../", import.meta.url);
const FOLDERS = ["schemas/", "generator/smartguide/schemas/", "generator/smartguide/starter/files/schemas/"];
const SETTINGS = "settings.schema.json";
const OWN_KEYWORD = /^x-|^patternErrorMessage$|^schemaSequence$/u;

/**
 * Return every keyword and every pattern of a schema.
 * @param {unknown} schema
 * @returns {[key: string, value: unknown][]}
 */
function entries(schema) {
  if (schema === null || typeof schema !== "object") return [];
  return Object.entries(schema).flatMap(([key, value]) => [[key, value], ...entries(value)]);
}

for (const folder of FOLDERS) {
  const names = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith(".json"));
  /** @type {[name: string, schema: Record<string, unknown>][]} */
  const schemas = names.map((name) => [name, JSON.parse(readFileSync(new URL(folder + name, ROOT), "utf8"))]);

  describe(folder, () => {
    for (const [name, schema] of schemas) {
      it(`${name} is accepted by ajv in strict mode, with the others known by their names`, () => {
        const strictTypes = name !== SETTINGS; // for many a setting MkDocs takes a list or a mapping
        const ajv = new Ajv2020({ strict: true, strictTypes, allErrors: true });
        ajvFormats.default(ajv);
        ajv.addVocabulary([...new Set(entries(schemas).map(([key]) => key))].filter((key) => OWN_KEYWORD.test(key)));
        for (const [other, one] of schemas) ajv.addSchema(one, other);
        assert.equal(typeof ajv.getSchema(name), "function");
        for (const example of Array.isArray(schema.examples) ? schema.examples : []) ajv.validate(name, example);
      });

      it(`${name} has patterns that ECMAScript reads, with words for an editor beside each`, () => {
        for (const [, node] of [["", schema], ...entries(schema)]) {
          if (node === null || typeof node !== "object") continue;
          const { pattern, patternErrorMessage } = /** @type {Record<string, unknown>} */ (node);
          if (typeof pattern !== "string") continue;
          assert.ok(new RegExp(pattern, "u"));
          assert.equal(typeof patternErrorMessage, "string", pattern);
        }
      });
    }
  });
}
