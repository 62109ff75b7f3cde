/** Whatever a record holds and however its file is written: a correction gives the record that was meant. */

import assert from "node:assert/strict";
import process from "node:process";
import { test as it } from "node:test";
import fc from "fast-check";
import { Document, visit } from "yaml";
import { recordIn } from "../../../generator/smartguide/theme/assets/form/model/reading.js";
import { changedFile, newFile } from "../../../generator/smartguide/theme/assets/form/model/writing.js";

// The same examples in every run of the tests; many more, and always others, for `make fuzz`.
fc.configureGlobal(process.env.SMART_GUIDE_FUZZ ? { numRuns: 20_000 } : { numRuns: 300, seed: 1 });

/** @type {any} */
const FORM = {
  schema_line: "# written anew",
  in_one_file: false,
  schema: { type: "object", properties: { name: {}, tags: { type: "array" }, place: { type: "object" } } },
};
const text = fc.oneof(
  fc.constantFrom("a", "b c", "x: y", "no", "12", "2016-01", "# h", "two\nlines", "p\n\nq\n", "- d", "'q'", '"z"'),
  fc.constantFrom("&co", "*s", "a, b", "[x]", "{y}", "tail ", "", ": ", "a #b", `${"long ".repeat(30)}end`, "ä\tb"),
  fc
    .string({ unit: "grapheme", maxLength: 12 })
    .map((one) => one.normalize("NFC").replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")),
);
const single = fc.oneof(text, fc.integer({ min: -5, max: 999 }), fc.boolean());
const key = fc.constantFrom("name", "tags", "place", "line", "k k", "z");
/** @type {{ value: fc.Arbitrary<any>, list: fc.Arbitrary<any>, mapping: fc.Arbitrary<any> }} */
const { value } = fc.letrec((/** @type {(name: string) => fc.Arbitrary<any>} */ tie) => ({
  value: fc.oneof({ depthSize: "small" }, single, tie("list"), tie("mapping")),
  list: fc.array(tie("value"), { minLength: 1, maxLength: 4 }),
  mapping: fc.dictionary(key, tie("value"), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
}));
const record = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });
const layout = fc.record({
  comments: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  flow: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  types: fc.array(fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_FOLDED", "BLOCK_LITERAL"), {
    minLength: 3,
    maxLength: 3,
  }),
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  eol: fc.constantFrom("\n", "\r\n"),
});

/**
 * Return the text of a file that holds a record, with comments, brackets and quotes here and there.
 * @param {any} data
 * @param {any} how
 * @returns {string}
 */
function fileOf(data, how) {
  const document = new Document(data);
  let count = 0;
  visit(document, {
    Collection(_, node) {
      count += 1;
      node.flow = how.flow[count % how.flow.length];
    },
    Scalar(where, node) {
      count += 1;
      if (where === "key") return;
      if (how.comments[count % how.comments.length]) node.comment = ` ${count}`;
      if (typeof node.value === "string") node.type = how.types[count % how.types.length];
    },
  });
  const made = document.toString({ indent: how.indent, indentSeq: how.indentSeq });
  return made.replaceAll("\n", how.eol);
}

it("a correction gives the record that was meant, and the file is not written anew", () => {
  fc.assert(
    fc.property(record, record, layout, fc.boolean(), (data, other, how, isMixed) => {
      const file = fileOf(data, how);
      const before = recordIn(file);
      const after = isMixed ? { ...before, ...other } : other;
      assert.equal(changedFile(FORM, file, before, before), file);
      const made = changedFile(FORM, file, before, after);
      assert.deepEqual(recordIn(made), after);
      assert.ok(!made.startsWith(FORM.schema_line));
    }),
  );
});

it("a new file is read back as the record that was given", () => {
  fc.assert(fc.property(record, (data) => assert.deepEqual(recordIn(newFile(FORM, data)), data)));
});
