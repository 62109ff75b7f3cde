/** Plans from outside: what is a plan comes through unchanged, everything else is refused in words. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { LIMITS, PlanError } from "../../../theme/assets/checklist/checking.js";
import { readLibrary, readPlan } from "../../../theme/assets/checklist/reading.js";
import { libraryData, planData } from "../../../theme/assets/checklist/writing.js";
import { action, PLAN_ID, plan, step } from "./plans.js";
import { plans } from "./properties.js";

/**
 * Return a plan as its file has it.
 * @param {unknown[]} actions
 */
const file = (...actions) => ({ format: "smart-guide-plan", version: 2, id: PLAN_ID, actions });
const BROWSER = "0123456789ab";
/** @param {Record<string, unknown>} changed */
const timed = (changed) => ({ ...file({ ...ACTION, changed }), browsers: [[BROWSER, 7]] });
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
  ["a newer version", { ...file(), version: 9 }, "newer version of the guide (plan version 9; this page reads 2)"],
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
  ["a title that is no text", file({ ...ACTION, title: { toString: "x" } }), "“title” is not text"],
  ["a tick that is neither true nor false", file({ ...ACTION, steps: [{ ...STEP, done: "yes" }] }), "“done”"],
  ["planned as a number", file({ ...ACTION, planned: 1 }), "neither true nor false under “planned”"],
  ["a day that does not exist", file({ ...ACTION, due: "2027-02-30" }), "“2027-02-30”"],
  ["a script as a date", file({ ...ACTION, due: "javascript" }), "does not exist"],
  ["an action twice", file(ACTION, ACTION), "Action 2 is in the plan twice"],
  ["a step twice", file({ ...ACTION, steps: [STEP, STEP] }), "Step 2 of action 1 is in the plan twice"],
  ["a long title", file({ ...ACTION, title: "x".repeat(301) }), "“title” has 301 characters"],
  ["a long owner", file({ ...ACTION, owner: "x".repeat(121) }), "“owner” has 121 characters"],
  ["a long step", file({ ...ACTION, steps: [{ ...STEP, text: "x".repeat(601) }] }), "“text” has 601 characters"],
  ["a long note", file({ ...ACTION, steps: [{ ...STEP, note: "x".repeat(10_001) }] }), "at most 10000"],
  ["a market that is none", { ...file(), market: "<b" }, "“<b”"],
  ["a long name", { ...file(), name: "x".repeat(101) }, "“name” has 101 characters"],
  ["browsers that are no list", { ...file(), browsers: {} }, "no valid list of browsers"],
  ["a browser without a time", { ...file(), browsers: [[BROWSER]] }, "“browsers”"],
  ["a browser with more than a time", { ...file(), browsers: [[BROWSER, 1, 1]] }, "“browsers”"],
  ["a browser with markup", { ...file(), browsers: [["<script>", 1]] }, "“browsers”"],
  ["a browser with a time that is none", { ...file(), browsers: [[BROWSER, -1]] }, "“browsers”"],
  [
    "a browser twice",
    {
      ...file(),
      browsers: [
        [BROWSER, 1],
        [BROWSER, 2],
      ],
    },
    "Browser 2 is in the plan twice",
  ],
  ["many browsers", { ...file(), browsers: Array.from({ length: 101 }, () => [BROWSER, 1]) }, "101 browsers"],
  ["times that are no times", file({ ...ACTION, changed: "x" }), "Action 1 does not have the form"],
  [
    "a time of what a plan does not have",
    file({ ...ACTION, changed: { note: [0, 1] } }),
    "Action 1 has an entry “note”",
  ],
  ["a time of the prototype", file(JSON.parse('{"id": "a", "changed": {"__proto__": [0, 1]}}')), "“__proto__”"],
  ["a time of no browser", file({ ...ACTION, changed: { owner: [0, 1] } }), "time of change that is not valid"],
  ["a time by a name", timed({ owner: ["length", 1] }), "time of change that is not valid"],
  ["a time after all that the plan holds", timed({ owner: [0, 8] }), "“[0,8]”"],
  ["a time with a fraction", timed({ owner: [0, 1.5] }), "time of change that is not valid"],
  ["an own step as a number", file({ ...ACTION, steps: [{ ...STEP, own: 1 }] }), "“own”"],
  [
    "a step with a day that does not exist",
    file({ ...ACTION, steps: [{ ...STEP, due: "2027-02-30" }] }),
    "Step 1 of action 1 has a date that does not exist",
  ],
  ["a new entry in version 1", { ...file(), version: 1, name: "x" }, "The plan has an entry “name”"],
  [
    "a new entry of a step in version 1",
    { ...file({ id: "a", steps: [{ id: "s", owner: "x" }] }), version: 1 },
    "“owner”",
  ],
  ["many actions", file(...Array.from({ length: 301 }, (_, at) => ({ id: `a-${at}` }))), "301 actions"],
  ["many steps", file({ ...ACTION, steps: Array.from({ length: 301 }, (_, at) => ({ id: `s-${at}` })) }), "301 steps"],
];

describe("readPlan", () => {
  for (const [name, data, words] of REFUSED) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => readPlan(data),
        (error) => error instanceof PlanError && error.message.includes(words),
      );
      assert.equal(Reflect.get({}, "polluted"), undefined);
    });
  }

  it("fills in what a file leaves out", () => {
    assert.deepEqual(
      readPlan(file({ id: "a", steps: [{ id: "s" }] })),
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
      readPlan(data),
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
    assert.deepEqual(readPlan(file(...actions)), plan(...actions));
  });

  it("reads a plan of version 1, which has no times", () => {
    const text =
      `{"format":"smart-guide-plan","version":1,"id":"${PLAN_ID}","actions":[{"id":"missions","title":"Missions",` +
      '"planned":true,"owner":"Ana","due":"2027-01-01","steps":[{"id":"s","text":"S","done":true,"note":"1\\n2"}]},' +
      '{"id":"brokers","planned":false,"steps":[{"id":"t","done":false,"note":"N"}]}]}';
    const first = {
      title: "Missions",
      owner: "Ana",
      due: "2027-01-01",
      steps: [step("s", { text: "S", note: "1\n2" })],
    };
    const second = { planned: false, steps: [step("t", { text: "", done: false, note: "N" })] };
    assert.deepEqual(readPlan(JSON.parse(text)), plan(action("missions", first), action("brokers", second)));
  });

  it("takes no step for done that does not apply, too", () => {
    const [read] = readPlan(file({ ...ACTION, steps: [{ ...STEP, skipped: true }] })).actions;
    assert.deepEqual(read?.steps, [step("some-step", { text: "" })]);
  });

  it("takes away what turns the order of a text", () => {
    const steps = [{ id: "s", text: "\u202dx", owner: "\u2067anA" }];
    const data = { ...file({ id: "a", title: "\u202eeltit", owner: "\u2067anA", steps }), name: "\u202eeman" };
    const read = readPlan(data);
    const [first] = read.actions;
    assert.deepEqual(
      [read.name, first?.title, first?.owner, first?.steps[0]?.text, first?.steps[0]?.owner],
      ["eman", "eltit", "anA", "x", "anA"],
    );
  });

  it("returns a plan as it was written", () => {
    fc.assert(
      fc.property(plans, (one) => {
        assert.deepEqual(readPlan(JSON.parse(JSON.stringify(planData(one)))), one);
      }),
    );
  });
});

describe("readLibrary", () => {
  const plans_ = [plan(action("a")), { ...plan(), id: "f".repeat(32), name: "China" }];
  const library = { browser: BROWSER, current: PLAN_ID, saved: 1, copied: { [PLAN_ID]: 2 }, plans: plans_ };
  const good = JSON.parse(JSON.stringify(libraryData(library)));

  it("returns the plans as they were written", () => assert.deepEqual(readLibrary(good), library));

  for (const [name, data, words] of /** @type {[name: string, data: unknown, words: string][]} */ ([
    ["a plan alone", file(), "does not hold the plans"],
    ["a newer version", { ...good, version: 3 }, "newer version"],
    ["an unknown entry", { ...good, extra: 1 }, "“extra”"],
    ["a prototype", JSON.parse(`{"__proto__": {}, ${JSON.stringify(good).slice(1)}`), "“__proto__”"],
    ["no browser", { ...good, browser: "<b>" }, "no valid id of the browser"],
    ["a plan twice", { ...good, plans: [good.plans[0], good.plans[0]] }, "Plan 2 is in the plan twice"],
    ["a plan that is none", { ...good, plans: [null] }, "does not have the form"],
    ["a plan with a mistake", { ...good, plans: [{ ...good.plans[0], name: 7 }] }, "“name” is not text"],
    ["a plan that it does not have", { ...good, current: "e".repeat(32) }, "which one is shown"],
    ["no plans", { ...good, plans: [] }, "“0123456789abcdef"],
    ["a time that is none", { ...good, saved: "now" }, "“now”"],
    ["the file of a plan that it does not have", { ...good, copied: { constructor: 1 } }, "“constructor”"],
    ["many plans", { ...good, plans: Array.from({ length: 31 }, () => good.plans[0]) }, "31 plans"],
  ])) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => readLibrary(data),
        (error) => error instanceof PlanError && error.message.includes(words),
      );
    });
  }
});
