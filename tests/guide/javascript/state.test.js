/** Changes of a plan. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LIMITS, PlanError } from "../../../theme/assets/checklist/checking.js";
import { fromText, toText } from "../../../theme/assets/checklist/sharing.js";
import {
  add,
  addOwnAction,
  addOwnStep,
  aim,
  assign,
  assignStep,
  empty,
  entry,
  forget,
  isEmpty,
  isPlanned,
  move,
  moveTo,
  note,
  noteFrom,
  planned,
  remove,
  rename,
  rewordAction,
  rewordStep,
  same,
  skip,
  sortByDate,
  tick,
} from "../../../theme/assets/checklist/state.js";
import { action, ids, PLAN_ID, plan, step } from "./plans.js";

const A = { id: "a", title: "A" };
const B = { id: "b", title: "B" };
const AS = { action: A, step: { id: "s", text: "S" } };
const TOO_MUCH = (/** @type {unknown} */ error) =>
  error instanceof PlanError && error.message.includes("more than a plan can hold");

describe("add", () => {
  it("puts actions at the end, each once", () => {
    assert.deepEqual(ids(add(plan(action("x")), [B, A, B])), ["x", "b", "a"]);
  });

  it("leaves those in the plan where they are", () => {
    const before = plan(action("a", { owner: "Ana" }), action("x"));
    assert.deepEqual(ids(add(before, [A, B])), ["a", "x", "b"]);
    assert.equal(add(before, [A]), before);
  });

  it("keeps the ticks of an action that was begun outside of the plan", () => {
    const before = plan(action("a", { planned: false, steps: [step("s")] }), action("x"));
    assert.deepEqual(add(before, [A]), plan(action("x"), action("a", { steps: [step("s")] })));
  });

  it("refuses more than a plan may hold", () => {
    const full = plan(...Array.from({ length: LIMITS.actions }, (_, at) => action(`a-${at}`)));
    assert.throws(() => add(full, [A]), TOO_MUCH);
  });
});

describe("remove and forget", () => {
  const before = plan(action("a", { owner: "Ana", due: "2027-01-01", steps: [step("s")] }), action("b"));

  it("keep ticks and notes, or nothing", () => {
    assert.deepEqual(remove(before, "a"), plan(action("a", { planned: false, steps: [step("s")] }), action("b")));
    assert.deepEqual(forget(before, "a"), plan(action("b")));
  });

  it("leave nothing of an action without ticks", () => {
    assert.deepEqual(ids(remove(before, "b")), ["a"]);
  });
});

describe("move", () => {
  const three = plan(action("a"), action("x", { planned: false, steps: [step("s")] }), action("b"));

  it("passes over what is not planned", () => {
    assert.deepEqual(ids(move(three, "a", 1)), ["b", "x", "a"]);
    assert.deepEqual(ids(move(three, "b", -1)), ["b", "x", "a"]);
  });

  it("changes nothing beyond either end, or where there is no such action", () => {
    for (const [id, by] of /** @type {const} */ ([
      ["a", -1],
      ["b", 1],
      ["x", 1],
      ["none", 1],
    ])) {
      assert.equal(move(three, id, by), three);
    }
  });
});

describe("the order", () => {
  const three = plan(
    action("a", { due: "2027-03-01" }),
    action("x", { planned: false, steps: [step("s")] }),
    action("b"),
    action("c", { steps: [step("s", { done: false, due: "2027-01-01" }), step("t", { due: "2026-01-01" })] }),
  );

  it("is changed from either end", () => {
    assert.deepEqual(ids(moveTo(three, "c", "first")), ["c", "x", "a", "b"]);
    assert.deepEqual(ids(moveTo(three, "a", "last")), ["b", "x", "c", "a"]);
    assert.equal(moveTo(three, "a", "first"), three);
    assert.equal(moveTo(three, "x", "first"), three);
  });

  it("is that of the dates of what is still to be done, when it is sorted", () => {
    const sorted = sortByDate(three);
    assert.deepEqual(ids(sorted), ["c", "x", "a", "b"]);
    assert.equal(sortByDate(sorted), sorted);
  });
});

describe("a name and a market", () => {
  it("are cleaned, and can be taken away", () => {
    const named = aim(rename(plan(), " Brazil\n2027 "), { code: "BR", name: "Brazil " });
    assert.deepEqual([named.name, named.market, named.marketName], ["Brazil 2027", "BR", "Brazil"]);
    assert.deepEqual(aim(rename(named, ""), { code: "", name: "x" }), plan());
    assert.equal(isEmpty(named), false);
  });

  it("are no name of anything else", () => {
    assert.throws(() => aim(plan(), { code: "<b>", name: "" }), PlanError);
  });
});

describe("what the reader adds", () => {
  const own = { id: "own-1", title: " Book a stand " };
  const place = { action: A, step: { id: "own-2", text: " Call them\n" } };

  it("is an action at the end of the plan", () => {
    const added = addOwnAction(plan(action("a")), own);
    assert.deepEqual(added, plan(action("a"), action("own-1", { own: true, title: "Book a stand" })));
    assert.equal(rewordAction(added, "own-1", "Book it").actions[1]?.title, "Book it");
    assert.equal(rewordAction(added, "own-1", " ").actions[1]?.title, "Book a stand");
    assert.equal(rewordAction(added, "a", "Other").actions[0]?.title, "");
    assert.deepEqual(remove(added, "own-1"), plan(action("a")));
  });

  it("is a step, which is deleted without words", () => {
    const added = addOwnStep(plan(action("a")), place);
    const expected = step("own-2", { own: true, text: "Call them", done: false });
    assert.deepEqual(added, plan(action("a", { title: "A", steps: [expected] })));
    const ticked = tick(added, { action: A, step: { ...place.step, text: "Call them" } }, true);
    assert.equal(ticked.actions[0]?.steps[0]?.own, true);
    assert.deepEqual(
      rewordStep(ticked, { action: A, step: { id: "own-2", text: " " } }),
      plan(action("a", { title: "A" })),
    );
  });

  it("keeps the title of an own action when a step of it changes", () => {
    const added = addOwnAction(plan(), own);
    const ticked = addOwnStep(added, { ...place, action: { id: "own-1", title: "Other" } });
    assert.equal(ticked.actions[0]?.title, "Book a stand");
  });

  it("is refused without words", () => {
    assert.throws(() => addOwnAction(plan(), { id: "own-1", title: " \n" }), PlanError);
    assert.throws(() => addOwnStep(plan(), { action: A, step: { id: "own-1", text: "" } }), PlanError);
  });
});

describe("a step", () => {
  it("has an owner and a date", () => {
    const assigned = assignStep(plan(), AS, { owner: " Ana ", due: "2027-01-01" });
    const expected = { text: "S", done: false, owner: "Ana", due: "2027-01-01" };
    assert.deepEqual(assigned, plan(action("a", { title: "A", planned: false, steps: [step("s", expected)] })));
    assert.deepEqual(assignStep(assigned, AS, { owner: "", due: "none" }), plan());
  });

  it("is done, or does not apply, or neither", () => {
    const state = (/** @type {import("../../../types/checklist.d.ts").Plan} */ one) => {
      const [found] = one.actions[0]?.steps ?? [];
      return [found?.done, found?.skipped];
    };
    const skipped = skip(tick(plan(), AS, true), AS, true);
    assert.deepEqual(state(skipped), [false, true]);
    assert.deepEqual(state(tick(skipped, AS, true)), [true, false]);
    assert.deepEqual(skip(skipped, AS, false), plan());
  });
});

describe("assign", () => {
  const before = plan(action("a", { owner: "Ana", due: "2027-01-01" }));

  it("changes what it is given, and nothing else", () => {
    assert.deepEqual(assign(before, "a", { owner: "  Clara\tde la Cruz " }), {
      ...before,
      actions: [action("a", { owner: "Clara de la Cruz", due: "2027-01-01" })],
    });
    assert.deepEqual(
      assign(before, "a", { due: "2028-02-29" }),
      plan(action("a", { owner: "Ana", due: "2028-02-29" })),
    );
  });

  it("takes away an owner or a date", () => {
    assert.deepEqual(assign(before, "a", { owner: "", due: "" }), plan(action("a")));
    assert.deepEqual(assign(before, "a", { due: "2027-02-30" }), plan(action("a", { owner: "Ana" })));
  });
});

describe("tick and note", () => {
  it("list a step once it says something", () => {
    const ticked = tick(empty(PLAN_ID), AS, true);
    assert.deepEqual(ticked, plan(action("a", { title: "A", planned: false, steps: [step("s", { text: "S" })] })));
    assert.deepEqual(
      note(ticked, AS, "1\r\n2"),
      plan(action("a", { title: "A", planned: false, steps: [step("s", { text: "S", note: "1\n2" })] })),
    );
  });

  it("let an action go that says nothing any more", () => {
    assert.deepEqual(tick(tick(plan(), AS, true), AS, false), plan());
    assert.deepEqual(note(note(plan(), AS, "x"), AS, " \n"), plan());
  });

  it("keep a planned action, and bring titles up to date", () => {
    const before = plan(action("a", { title: "Old", steps: [step("s", { text: "Old" }), step("t")] }));
    assert.deepEqual(
      tick(before, AS, true),
      plan(action("a", { title: "A", steps: [step("s", { text: "S" }), step("t")] })),
    );
    assert.deepEqual(ids(tick(before, AS, false)), ["a"]);
  });

  it("refuse more steps than a plan may hold", () => {
    const steps = Array.from({ length: LIMITS.steps }, (_, at) => step(`s-${at}`));
    assert.throws(() => tick(plan(action("a", { steps })), AS, true), TOO_MUCH);
  });

  it("write nothing that cannot be read again", () => {
    const hostile = `\u0000\u000b\u001f\u007f\u2028\ud800 ok\r\nnext\ttab${"é".repeat(20_000)}`;
    const long = { id: "a", title: "A\nB".repeat(999) };
    let written = note(plan(), { action: long, step: { id: "s", text: "S ".repeat(999) } }, hostile);
    written = assign(add(written, [A]), "a", { owner: hostile, due: "0002-01-01" });
    assert.deepEqual(fromText(toText(written)), written);
    const [found] = written.actions;
    assert.ok(found?.steps[0]?.note.startsWith("\ufffd ok\nnext\ttab"));
    assert.equal(found?.due, "");
  });
});

describe("a note that is typed while another tab changes the plan", () => {
  /** @param {string} text */
  const noted = (text) =>
    plan(action("a", { title: "A", steps: text ? [step("s", { text: "S", done: false, note: text })] : [] }));

  for (const [name, since, now, typed, expected] of /** @type {const} */ ([
    ["replaces the note from before", "Old", "Old", "New", "New"],
    ["stands before what the other tab wrote", "Old", "Theirs", "Mine", "Mine\n\nTheirs"],
    ["is not repeated", "Old", "Mine and theirs", "Mine", "Mine and theirs"],
    ["stays where the other tab deleted the note", "Old", "", "Mine", "Mine"],
    ["does not delete what the other tab wrote", "Old", "Theirs", " ", "Theirs"],
  ])) {
    it(name, () => assert.deepEqual(note(noted(now), AS, typed, noted(since)), noted(expected)));
  }

  it("is nothing where only blanks were typed", () => {
    assert.equal(noteFrom(" \n\t"), "");
    assert.equal(noteFrom(" a\r\n"), " a\n");
  });
});

describe("what a plan is asked", () => {
  const one = plan(action("a"), action("b", { planned: false, steps: [step("s"), step("t")] }));

  it("whether it says the same as another one", () => {
    const other = plan(action("a"), action("b", { planned: false, steps: [step("t"), step("s")] }));
    assert.equal(same(one, { ...other, id: "f".repeat(32) }), true);
    assert.equal(same(one, plan(...[...one.actions].reverse())), false);
    assert.equal(same(one, plan(action("a"))), false);
  });

  it("what is in it", () => {
    assert.equal(isEmpty(one), false);
    assert.equal(isEmpty(empty(PLAN_ID)), true);
    assert.deepEqual(
      planned(one).map(({ id }) => id),
      ["a"],
    );
    assert.deepEqual(
      ["a", "b", "c"].map((id) => isPlanned(one, id)),
      [true, false, false],
    );
    assert.equal(entry(one, "b"), one.actions[1]);
    assert.equal(entry(one, "c"), undefined);
  });
});
