/** What the form writes: new files in canonical style, and corrections that leave everything else as it is. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test as it } from "node:test";
import { recordIn } from "../../../generator/smartguide/theme/assets/form/model/reading.js";
import { propertyOf } from "../../../generator/smartguide/theme/assets/form/model/schema.js";
import { linesOf } from "../../../generator/smartguide/theme/assets/form/model/style.js";
import { changedFile, newFile } from "../../../generator/smartguide/theme/assets/form/model/writing.js";

const STYLE = JSON.parse(readFileSync(new URL("../../record-style.json", import.meta.url), "utf8"));
const TEXT = { type: "string" };
const ENTRY = { type: "object", properties: { hut: TEXT, role: TEXT, parts: { type: "array", items: TEXT } } };
/** @type {any} */
const FORM = {
  schema_line: "# yaml-language-server: $schema=../../schemas/tour.schema.json",
  in_one_file: false,
  schema: {
    type: "object",
    properties: {
      name: TEXT,
      line: TEXT,
      nights: { type: "integer" },
      guided: { type: "boolean" },
      tags: { type: "array", items: TEXT },
      stages: { type: "array", items: ENTRY },
      place: { type: "object", properties: { x: TEXT, y: TEXT } },
      notes: TEXT,
    },
  },
};

it("a new file is in the canonical style", () => {
  for (const { what, value, text, schema = {} } of STYLE) {
    assert.equal(`${linesOf(value, propertyOf(schema, schema)).join("\n")}\n`, text, what);
    assert.deepEqual(recordIn(text), value, what);
  }
});

it("a new file begins with the line of its schema and holds nothing that nobody gave", () => {
  const made = newFile(FORM, { stages: [{ role: "End", hut: "lake" }], name: "Round" });
  assert.equal(made, `${FORM.schema_line}\nname: Round\nstages:\n  - hut: lake\n    role: End\n`);
});

const NASTY = `# yaml-language-server: $schema=../../schemas/tour.schema.json
# A comment above everything

name:   'Round  trip'   # in single quotes
# before the line
line: >  # folded, with its end
  One line
  and another

  paragraph

nights: 3 # of them two in huts
guided: true

tags: [ one,   "two", 'three' ]   # in brackets
stages:   # where it stops
# at the column of the key
- hut: lake   # the first
  role: >-
    A long role
    in two lines

  # above the parts
  parts:
    - one   # 1

    - two
# before the second
- role: 'End'
  hut: "pass"
- {hut: top, role: "a, b"}   # in braces
place:
    x: "1"      # indented by four

    y: "2"
notes: |+
  Kept.

# at the end
`;

/** What is changed, and the lines that go and come: others stay to the byte. @type {[string, (value: any) => void, string[], string[]][]} */
const CHANGES = [
  [
    "a text in quotes",
    (one) => (one.name = "Short trip"),
    ["name:   'Round  trip'   # in single quotes"],
    ["name: Short trip   # in single quotes"],
  ],
  ["a number", (one) => (one.nights = 4), ["nights: 3 # of them two in huts"], ["nights: 4 # of them two in huts"]],
  ["yes and no", (one) => (one.guided = false), ["guided: true"], ["guided: false"]],
  ["a key is taken away", (one) => (one.nights = undefined), ["nights: 3 # of them two in huts"], []],
  [
    "a folded text",
    (one) => (one.line = "Other"),
    ["line: >  # folded, with its end", "  One line", "  and another", "", "  paragraph"],
    ["line: Other  # folded, with its end"],
  ],
  [
    "an entry in brackets",
    (one) => (one.tags[1] = "2, zwei"),
    [`tags: [ one,   "two", 'three' ]   # in brackets`],
    [`tags: [ one,   "2, zwei", 'three' ]   # in brackets`],
  ],
  [
    "one more in brackets",
    (one) => one.tags.push("four"),
    [`tags: [ one,   "two", 'three' ]   # in brackets`],
    [`tags: [ one,   "two", 'three', four ]   # in brackets`],
  ],
  [
    "one less in brackets",
    (one) => one.tags.pop(),
    [`tags: [ one,   "two", 'three' ]   # in brackets`],
    [`tags: [ one,   "two" ]   # in brackets`],
  ],
  [
    "the first less in brackets",
    (one) => one.tags.shift(),
    [`tags: [ one,   "two", 'three' ]   # in brackets`],
    [`tags: [ "two", 'three' ]   # in brackets`],
  ],
  [
    "another order in brackets",
    (one) => one.tags.reverse(),
    [`tags: [ one,   "two", 'three' ]   # in brackets`],
    [`tags: ['three', "two", one]   # in brackets`],
  ],
  [
    "a value in an entry",
    (one) => (one.stages[0].hut = "sea"),
    ["- hut: lake   # the first"],
    ["- hut: sea   # the first"],
  ],
  [
    "a value in braces",
    (one) => (one.stages[2].hut = "peak"),
    [`- {hut: top, role: "a, b"}   # in braces`],
    [`- {hut: peak, role: "a, b"}   # in braces`],
  ],
  [
    "one more in braces",
    (one) => (one.stages[2].parts = ["x"]),
    [`- {hut: top, role: "a, b"}   # in braces`],
    [`- {hut: top, role: "a, b", parts: [x]}   # in braces`],
  ],
  ["an entry of a list in an entry", (one) => one.stages[0].parts.push("three"), [], ["    - three"]],
  ["an entry is taken away", (one) => one.stages.splice(1, 1), ["- role: 'End'", `  hut: "pass"`], []],
  [
    "the first key of an entry is taken away",
    (one) => (one.stages[1].role = undefined),
    ["- role: 'End'", `  hut: "pass"`],
    [`- hut: "pass"`],
  ],
  ["a key below the last", (one) => (one.place.y = "3"), [`    y: "2"`], [`    y: "3"`]],
  [
    "a mapping is taken away",
    (one) => (one.place = undefined),
    ["place:", `    x: "1"      # indented by four`, "", `    y: "2"`],
    [],
  ],
  [
    "a text of several lines",
    (one) => (one.notes = "One.\n\nTwo."),
    ["notes: |+", "  Kept."],
    ["notes: |-", "  One.", "", "  Two."],
  ],
  [
    "a text instead of a list",
    (one) => (one.tags = "one"),
    [`tags: [ one,   "two", 'three' ]   # in brackets`],
    ["tags: one   # in brackets"],
  ],
];

/**
 * Return a value without keys that have none.
 * @param {any} value
 */
function withoutNothing(value) {
  return JSON.parse(JSON.stringify(value));
}

/** @type {[string, string][]} */
const NASTY_FILES = [
  ["", NASTY],
  ["with CRLF: ", NASTY.replaceAll("\n", "\r\n")],
];

for (const [end, file] of NASTY_FILES) {
  for (const [what, change, gone, come] of CHANGES) {
    it(`${end}${what} changes, and nothing else`, () => {
      const before = recordIn(file);
      const after = recordIn(file);
      change(after);
      const made = changedFile(FORM, file, before, after);
      assert.deepEqual(recordIn(made), withoutNothing(after));
      const lines = { before: file.split(/(?<=\n)/u), after: made.split(/(?<=\n)/u) };
      const eol = end === "" ? "\n" : "\r\n";
      const less = lines.before.filter((line) => !lines.after.includes(line));
      const more = lines.after.filter((line) => !lines.before.includes(line));
      const without = (/** @type {string[]} */ ones) => ones.filter((one) => one !== "").map((one) => one + eol);
      assert.deepEqual(
        less,
        without(gone).filter((one) => !lines.after.includes(one)),
      );
      assert.deepEqual(
        more,
        without(come).filter((one) => !lines.before.includes(one)),
      );
      const kept = lines.before.filter((line) => lines.after.includes(line) && line.trim() !== "");
      assert.deepEqual(
        lines.after.filter((line) => lines.before.includes(line) && line.trim() !== ""),
        kept,
      );
    });
  }
}

it("the same record gives the same file", () => {
  for (const file of [NASTY, NASTY.replaceAll("\n", "\r\n"), "name: x", "{name: x, tags: [a]}", "\ufeffname: x\n"]) {
    assert.equal(changedFile(FORM, file, recordIn(file), recordIn(file)), file);
  }
});

/** @type {[string, string, (value: any) => void, string][]} */
const FILES = [
  [
    "a key before the first of an entry",
    "stages:\n  - role: x # r\n",
    (one) => (one.stages[0].hut = "a"),
    "stages:\n  - hut: a\n    role: x # r\n",
  ],
  [
    "a key goes to its place in the order of the schema",
    "name: a\ntags:\n  - b\n",
    (one) => (one.nights = 2),
    "name: a\nnights: 2\ntags:\n  - b\n",
  ],
  ["a key that comes first", "# c\nline: b\n", (one) => (one.name = "a"), "# c\nname: a\nline: b\n"],
  ["a file without a line break at its end", "name: a", (one) => (one.nights = 2), "name: a\nnights: 2"],
  ["a file in braces", "{name: a, tags: [b]}\n", (one) => (one.nights = 2), "{name: a, tags: [b], nights: 2}\n"],
  [
    "entries that change their order keep their comments",
    "tags:\n  # one\n  - a # 1\n  - b\n  # three\n  - c # 3\n",
    (one) => one.tags.reverse(),
    "tags:\n  # three\n  - c # 3\n  - b\n  # one\n  - a # 1\n",
  ],
  [
    "an entry that moves and one that changes",
    "stages:\n  - hut: a # a\n    role: x\n  - hut: b # b\n    role: y\n",
    (one) => {
      one.stages.reverse();
      one.stages[0].role = "z";
    },
    "stages:\n  - hut: b # b\n    role: z\n  - hut: a # a\n    role: x\n",
  ],
  ["a list that ends", "name: a\ntags:\n  - b\n", (one) => (one.tags = undefined), "name: a\n"],
  ["a list that begins", "name: a # n\n", (one) => (one.tags = ["b", "c"]), "name: a # n\ntags:\n  - b\n  - c\n"],
  [
    "a list in the place of nothing",
    "name: a\ntags: # none yet\nnotes: n\n",
    (one) => (one.tags = ["b"]),
    "name: a\ntags: # none yet\n  - b\nnotes: n\n",
  ],
  ["a list in the place of a text", "tags: b # one\n", (one) => (one.tags = ["b"]), "tags: # one\n  - b\n"],
  [
    "a long text in the place of a short one",
    "name: a # c\nline: b\n",
    (one) => (one.name = `${"word ".repeat(25)}end`),
    `name: >- # c\n  ${"word ".repeat(18)}word\n  ${"word ".repeat(6)}end\nline: b\n`,
  ],
  [
    "an alias that is changed",
    "name: &a One # c\nline: *a\n",
    (one) => (one.line = "Two"),
    "name: &a One # c\nline: Two\n",
  ],
  [
    "what an alias stands for is changed",
    "name: &a One # c\nline: *a # l\n",
    (one) => (one.name = "Two"),
    "name: Two # c\nline: One # l\n",
  ],
  [
    "brackets over several lines, with comments",
    "tags: [\n  a, # one\n  b, # two\n  c # three\n]\n",
    (one) => one.tags.splice(1, 1),
    "tags: [\n  a, # one\n  c # three\n]\n",
  ],
  [
    "a text over several lines in quotes",
    'line: "one\n  two"\nname: a\n',
    (one) => (one.line = "three"),
    "line: three\nname: a\n",
  ],
  ["an empty list that gets an entry", "tags: []\n", (one) => one.tags.push("a"), "tags:\n  - a\n"],
  ["a text that needs quotes", "name: a\n", (one) => (one.name = "no"), 'name: "no"\n'],
  [
    "letters that are written in two ways",
    "name: Zu\u0308rich\nline: b\n",
    (one) => (one.line = "c"),
    "name: Zu\u0308rich\nline: c\n",
  ],
];

for (const [what, file, change, wanted] of FILES) {
  it(what, () => {
    const after = recordIn(file);
    change(after);
    assert.equal(changedFile(FORM, file, recordIn(file), after), wanted);
    assert.deepEqual(recordIn(wanted), withoutNothing(after));
  });
}

it("one record of several in a file", () => {
  const form = { ...FORM, in_one_file: true, schema_line: "" };
  const file = "# all\n\none:\n  name: a # a\n\ntwo: {name: b}\n\nthree:\n  name: c\n";
  const changed = (/** @type {string} */ id, /** @type {any} */ after) =>
    changedFile(form, file, recordIn(file, id), after, id);
  assert.equal(changed("one", { name: "z" }), file.replace("name: a", "name: z"));
  assert.equal(changed("two", { name: "z" }), file.replace("{name: b}", "{name: z}"));
  assert.equal(changed("three", { name: "c", nights: 2 }), `${file}  nights: 2\n`);
  assert.equal(changedFile(form, file, undefined, { name: "d" }, "four"), `${file}\nfour:\n  name: d\n`);
});

it("what the file says and the form did not know of stays", () => {
  const file = "name: a\nline: new # since the site was built\n";
  assert.equal(changedFile(FORM, file, { name: "a" }, { name: "b" }), file.replace(": a", ": b"));
});
