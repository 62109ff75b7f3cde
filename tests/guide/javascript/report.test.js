/** A plan together with the texts of the guide. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  answersTo,
  begun,
  countMissing,
  countOverdue,
  dayOf,
  guideOf,
  isOverdue,
  isStepOf,
  isStepOverdue,
  itsActions,
  longDate,
  longTime,
  ownersOf,
  progressOf,
  progressWords,
  report,
  stepsOf,
} from "../../../theme/assets/checklist/report.js";
import { action, item, plan, shownStep, step } from "./plans.js";

/** @import { GuideAction } from "../../../types/checklist.d.ts" */

/** @type {GuideAction} */
const A = {
  id: "a",
  number: 1,
  title: "Act",
  area: "Area",
  url: "../a/",
  former: ["old-a", "b"],
  steps: [
    { id: "s", text: "First", detail: "How", links: [["How", "there/"]], stage: "One" },
    { id: "t", text: "Second" },
  ],
};
const B = { id: "b", number: 2, title: "Be", area: "Area", url: "../b/", steps: [] };
const CHALLENGE = { title: "Hard", area: "Area", url: "../c/", actions: ["b", "none", "a"] };
const GUIDE = guideOf({ actions: [A, B], challenges: [CHALLENGE] }, "https://guide.example/below/plan/");

describe("guideOf", () => {
  it("has absolute URLs", () => {
    assert.deepEqual(
      [...GUIDE.actions.values()].map(({ url }) => url),
      ["https://guide.example/below/a/", "https://guide.example/below/b/"],
    );
  });

  it("leads from former ids to those of today, but not from an id that is in use", () => {
    assert.deepEqual([...GUIDE.current], [["old-a", "a"]]);
  });
});

describe("report", () => {
  const kept = plan(
    action("b"),
    action("x", { planned: false, steps: [step("s")] }),
    action("a", {
      title: "Old title",
      owner: "Ana",
      due: "2027-01-01",
      steps: [step("gone"), step("s", { note: "N" })],
    }),
    action("of-old"),
  );

  it("has the planned actions with the texts of the guide, in the order of the plan", () => {
    const steps = [
      shownStep({
        id: "s",
        text: "First",
        detail: "How",
        links: [["How", "there/"]],
        stage: "One",
        done: true,
        note: "N",
      }),
      shownStep({ id: "t", text: "Second" }),
      shownStep({ id: "gone", text: "gone", done: true, gone: true }),
    ];
    const url = "https://guide.example/below/";
    assert.deepEqual(report(kept, GUIDE), {
      title: "My plan",
      market: "",
      items: [
        item({ id: "b", title: "Be", area: "Area", url: `${url}b/`, steps: [] }),
        item({
          position: 2,
          id: "a",
          area: "Area",
          url: `${url}a/`,
          owner: "Ana",
          due: "2027-01-01",
          steps,
          progress: { done: 1, total: 2 },
        }),
        item({ position: 3, id: "of-old", title: "of-old", gone: true, steps: [] }),
      ],
      progress: { done: 1, total: 2 },
    });
  });

  it("keeps the actions that were begun outside of the plan apart", () => {
    const steps = [shownStep({ id: "s", text: "s", done: true, gone: true })];
    assert.deepEqual(begun(kept, GUIDE), [
      item({ position: 0, id: "x", title: "x", gone: true, steps, progress: { done: 0, total: 0 } }),
    ]);
  });
});

describe("steps and progress", () => {
  it("are those of the guide where the plan remembers nothing, and of the plan where the guide has nothing", () => {
    assert.deepEqual(stepsOf(undefined, undefined), []);
    assert.deepEqual(
      stepsOf(undefined, A).map(({ id, done, gone }) => ({ id, done, gone })),
      [
        { id: "s", done: false, gone: false },
        { id: "t", done: false, gone: false },
      ],
    );
  });

  it("do not count what is gone", () => {
    const steps = [shownStep({ done: true }), shownStep(), shownStep({ done: true, gone: true })];
    assert.deepEqual(progressOf(steps), { done: 1, total: 2 });
  });

  it("do not count what does not apply", () => {
    assert.deepEqual(progressOf([shownStep({ done: true }), shownStep({ skipped: true })]), { done: 1, total: 1 });
  });

  it("have the reader's own steps behind those of the guide, without what only has times", () => {
    const kept = action("a", {
      steps: [
        step("old"),
        step("own-1", { own: true, done: false }),
        step("own-2", { own: true, text: "", done: false }),
        step("t", { done: false }),
        step("of-old", { done: false }),
      ],
    });
    assert.deepEqual(
      stepsOf(kept, A).map(({ id, stage, own, gone }) => [id, stage, own, gone]),
      [
        ["s", "One", false, false],
        ["t", "", false, false],
        ["own-1", "Your own steps", true, false],
        ["old", "", false, true],
      ],
    );
  });

  it("have words", () => {
    const words = [
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 2],
      [2, 2],
    ].map(([done = 0, total = 0]) => progressWords({ done, total }));
    assert.deepEqual(words, [
      "No steps",
      "0 of 1 step done",
      "The one step is done",
      "1 of 2 steps done",
      "All 2 steps done",
    ]);
  });
});

describe("owners and dates", () => {
  const steps = [
    shownStep({ due: "2027-01-01" }),
    shownStep({ due: "2027-01-01", done: true, owner: "Ben" }),
    shownStep({ due: "2027-01-01", skipped: true }),
    shownStep({ due: "2027-01-03", owner: "Zoë" }),
  ];
  const one = item({ owner: "ana", due: "2027-01-01", steps });

  it("say what is overdue: what has a date before today and is still to be done", () => {
    assert.equal(countOverdue([one], "2027-01-02"), 2);
    assert.equal(countOverdue([one], "2027-01-01"), 0);
    assert.equal(isOverdue(item({ due: "2027-01-01", progress: { done: 2, total: 2 } }), "2027-01-02"), false);
    assert.equal(isOverdue(item({ due: "2027-01-01", progress: { done: 0, total: 0 } }), "2027-01-02"), true);
    assert.equal(isOverdue(item(), "2027-01-02"), false);
    assert.equal(isStepOverdue(shownStep(), "2027-01-02"), false);
  });

  it("name everybody once, in alphabetical order", () => {
    assert.deepEqual(ownersOf([one, item({ owner: "Ben" })]), ["ana", "Ben", "Zoë"]);
  });

  it("give a step without an owner to the owner of its action", () => {
    const whose = (/** @type {string} */ owner) => steps.filter((each) => isStepOf(one, each, owner)).length;
    assert.deepEqual([whose("ana"), whose("Ben"), whose("Zoë"), whose("Kim")], [2, 1, 1, 0]);
  });

  it("count days as the clock here does", () => {
    assert.equal(dayOf(new Date(2027, 0, 2, 23, 59)), "2027-01-02");
  });
});

describe("challenges", () => {
  it("are answered by the actions that the guide has", () => {
    assert.deepEqual(
      answersTo(CHALLENGE, GUIDE).map(({ id }) => id),
      ["b", "a"],
    );
  });

  it("say how many actions they would add", () => {
    const kept = plan(action("a"), action("b", { planned: false, steps: [step("s")] }));
    assert.equal(countMissing(kept, answersTo(CHALLENGE, GUIDE)), 1);
    assert.equal(itsActions(1), "its action");
    assert.equal(itsActions(2), "its 2 actions");
  });
});

it("has the own actions of a reader, and none that was deleted", () => {
  const kept = plan(
    action("own-1", { own: true, title: "Book a stand" }),
    action("own-2", { own: true, planned: false }),
  );
  assert.deepEqual(report(kept, GUIDE, "Brazil").items, [
    item({ id: "own-1", title: "Book a stand", own: true, steps: [] }),
  ]);
  assert.equal(report(kept, GUIDE, "Brazil").title, "Brazil");
  assert.deepEqual(begun(kept, GUIDE), []);
});

it("writes dates in words, in every time zone", () => {
  assert.equal(longDate("2027-03-01"), "1 March 2027");
});

it("writes times in words, as the clock of this machine has them", () => {
  assert.equal(longTime(new Date(2027, 2, 1, 9, 5).getTime()), "1 March 2027, 09:05");
  assert.equal(longTime(new Date(2026, 11, 31, 23, 59).getTime()), "31 December 2026, 23:59");
});
