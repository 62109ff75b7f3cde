/** A plan from outside: what is a plan comes through unchanged, everything else is refused in words. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checked, isDate, LIMITS, line, lines, PlanError } from "../../../theme/assets/checklist/checking.js";
import { action, PLAN_ID, plan, step } from "./plans.js";
import { files } from "./properties.js";

/**
 * Return a plan as its file has it.
 * @param {unknown[]} actions
 */
const file = (...actions) => ({ format: "smart-guide-plan", version: 1, id: PLAN_ID, actions });
const ACTION = { id: "some-action", planned: true };
const STEP = { id: "some-step", done: true };

/** @type {[name: string, data: unknown, words: string][]} */
const REFUSED = [
  ["null", null, "not a plan"],
  ["a text", "smart-guide-plan", "not a plan"],
  ["a list", [], "not a plan"],
  ["something else", { format: "other", version: 1 }, "not a plan"],
  ["an inherited format", Object.create(file()), "not a plan"],
  ["no version", { format: "smart-guide-plan" }, "which version"],
  ["an older version", { ...file(), version: 0 }, "which version"],
  ["a version as text", { ...file(), version: "2" }, "which version"],
  ["a newer version", { ...file(), version: 9 }, "newer version of the guide (plan version 9; this page reads 1)"],
  ["no number", { ...file(), id: undefined }, "no valid id"],
  ["a number in a list", { ...file(), id: [PLAN_ID] }, "no valid id"],
  ["a short number", { ...file(), id: "1" }, "no valid id"],
  ["an unknown entry", { ...file(), extra: 1 }, "The plan has an entry “extra”"],
  ["an unknown entry of an action", file({ ...ACTION, extra: 1 }), "Action 1 has an entry “extra”"],
  [
    "an unknown entry of a step",
    file({ ...ACTION, steps: [{ ...STEP, extra: 1 }] }),
    "Step 1 of action 1 has an entry",
  ],
  ["a long unknown entry", { ...file(), ["x".repeat(99)]: 1 }, `“${"x".repeat(40)}…”`],
  ["a prototype", JSON.parse(`{"__proto__": {"polluted": 1}, ${JSON.stringify(file()).slice(1)}`), "“__proto__”"],
  ["a prototype of an action", file(JSON.parse('{"id": "a", "__proto__": {"polluted": 1}}')), "“__proto__”"],
  ["the id of the prototype", file({ id: "__proto__", steps: [] }), "“__proto__”"],
  ["the id of a constructor", file({ ...ACTION, steps: [{ id: "constructor.prototype" }] }), "Step 1 of action 1"],
  ["an id with markup", file({ id: "<img src=x onerror=alert(1)>" }), "“<img src=x"],
  ["an id of upper case", file({ id: "Some-action" }), "“Some-action”"],
  ["a long id", file({ id: "x".repeat(LIMITS.id + 1) }), "Action 1 has an id"],
  ["an id that is a number", file({ id: 7 }), "“7”"],
  ["no id", file({}), "“nothing”"],
  ["actions that are no list", { ...file(), actions: { length: 1 } }, "no valid list of actions"],
  ["steps that are no list", file({ ...ACTION, steps: "s" }), "no valid list of steps"],
  ["an action that is text", file("x"), "Action 1 does not have the form"],
  ["an action that is a list", file([]), "Action 1 does not have the form"],
  ["a step that is null", file({ ...ACTION, steps: [null] }), "Step 1 of action 1 does not have the form"],
  ["a title that is no text", file({ ...ACTION, title: { toString: "x" } }), "title that is not text"],
  ["a tick that is neither true nor false", file({ ...ACTION, steps: [{ ...STEP, done: "yes" }] }), "“done”"],
  ["planned as a number", file({ ...ACTION, planned: 1 }), "neither true nor false under “planned”"],
  ["a day that does not exist", file({ ...ACTION, due: "2027-02-30" }), "“2027-02-30”"],
  ["a script as a date", file({ ...ACTION, due: "javascript" }), "does not exist"],
  ["an action twice", file(ACTION, ACTION), "Action 2 is in the plan twice"],
  ["a step twice", file({ ...ACTION, steps: [STEP, STEP] }), "Step 2 of action 1 is in the plan twice"],
  ["a long title", file({ ...ACTION, title: "x".repeat(301) }), "title of 301 characters"],
  ["a long owner", file({ ...ACTION, owner: "x".repeat(121) }), "owner of 121 characters"],
  ["a long step", file({ ...ACTION, steps: [{ ...STEP, text: "x".repeat(601) }] }), "text of 601 characters"],
  ["a long note", file({ ...ACTION, steps: [{ ...STEP, note: "x".repeat(10_001) }] }), "at most 10000"],
  ["many actions", file(...Array.from({ length: 301 }, (_, at) => ({ id: `a-${at}` }))), "301 actions"],
  ["many steps", file({ ...ACTION, steps: Array.from({ length: 301 }, (_, at) => ({ id: `s-${at}` })) }), "301 steps"],
];

describe("checked", () => {
  for (const [name, data, words] of REFUSED) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => checked(data),
        (error) => error instanceof PlanError && error.message.includes(words),
      );
      assert.equal(Reflect.get({}, "polluted"), undefined);
    });
  }

  it("fills in what a file leaves out", () => {
    assert.deepEqual(
      checked(file({ id: "a", steps: [{ id: "s" }] })),
      plan(action("a", { steps: [step("s", { text: "", done: false })] })),
    );
  });

  it("cleans texts, and leaves the data alone", () => {
    const data = file({
      id: "a",
      title: " A\u0000\n title ",
      owner: "\tAna",
      steps: [{ id: "s", note: "1\r\n2\u000b" }],
    });
    const before = structuredClone(data);
    assert.deepEqual(
      checked(data),
      plan(
        action("a", {
          title: "A title",
          owner: "Ana",
          steps: [step("s", { text: "", done: false, note: "1\n2" })],
        }),
      ),
    );
    assert.deepEqual(data, before);
  });

  it("takes a plan of the largest size", () => {
    const steps = Array.from({ length: LIMITS.steps }, (_, at) => step(`s-${at}`));
    const actions = Array.from({ length: LIMITS.actions }, (_, at) => action(`a-${at}`, at === 0 ? { steps } : {}));
    assert.deepEqual(checked(file(...actions)), plan(...actions));
  });

  it("returns a plan as it stands in the file", () => {
    fc.assert(
      fc.property(files, (data) => {
        assert.deepEqual(checked(data), { id: data.id, actions: data.actions });
      }),
    );
  });
});

describe("isDate", () => {
  for (const date of ["2027-02-28", "2028-02-29", "1900-01-01", "2999-12-31"]) {
    it(`takes ${date}`, () => assert.equal(isDate(date), true));
  }
  for (const date of [
    "2027-02-29",
    "2027-13-01",
    "2027-00-10",
    "2027-01-00",
    "2027-04-31",
    "0027-01-01",
    "1899-12-31",
    "3000-01-01",
    "2027-1-1",
    "",
    "2027-01-01T00:00",
  ]) {
    it(`refuses “${date}”`, () => assert.equal(isDate(date), false));
  }
});

describe("texts", () => {
  it("are on one line, without control characters and blanks around them", () => {
    assert.equal(line(" a\u0000b\n\tc\u2028 \u0085d ", 100), "a b c d");
    assert.equal(line("ab cd", 3), "ab");
  });

  it("have several lines, with one kind of line break", () => {
    assert.equal(lines("a\r\nb\rc\n\td\u000b\u001f\u007f", 100), "a\nb\nc\n\td");
    assert.equal(lines("abc", 2), "ab");
  });

  it("hold nothing that turns their order", () => {
    for (const char of "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
      assert.equal(line(`An${char}a`, 9), "Ana");
      assert.equal(lines(`An${char}a\n${char}`, 9), "Ana\n");
    }
    const data = file({ id: "a", title: "\u202eeltit", owner: "\u2067anA", steps: [{ id: "s", text: "\u202dx" }] });
    const [read] = checked(data).actions;
    assert.deepEqual([read?.title, read?.owner, read?.steps[0]?.text], ["eltit", "anA", "x"]);
  });

  it("hold no half of a surrogate pair", () => {
    assert.equal(lines("\ud800x", 10), "\ufffdx");
    assert.equal(line("🇪🇺", 1), "\ufffd");
  });
});
