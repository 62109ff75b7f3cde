/** Changes of a plan. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { LIMITS, PlanError } from "../../../theme/assets/checklist/checking.js";
import { fromText, toText } from "../../../theme/assets/checklist/sharing.js";
import {
  add,
  assign,
  empty,
  entry,
  followed,
  forget,
  isEmpty,
  isPlanned,
  merge,
  move,
  note,
  noteFrom,
  planned,
  remove,
  same,
  tick,
} from "../../../theme/assets/checklist/state.js";
import { action, ids, PLAN_ID, plan, step } from "./plans.js";
import { plans } from "./properties.js";

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

describe("merge", () => {
  const mine = plan(
    action("a", { owner: "Me", steps: [step("s", { note: "Mine" }), step("t", { done: false, note: "Only mine" })] }),
  );
  const theirs = plan(
    action("b", { planned: false, steps: [step("x")] }),
    action("a", { owner: "They", due: "2027-01-01", steps: [step("s", { note: "Theirs" }), step("u")] }),
  );
  const both = plan(
    action("a", {
      owner: "Me",
      due: "2027-01-01",
      steps: [step("s", { note: "Mine\n\nTheirs" }), step("t", { done: false, note: "Only mine" }), step("u")],
    }),
    action("b", { planned: false, steps: [step("x")] }),
  );

  it("adds up ticks, notes and actions", () => assert.deepEqual(merge(mine, theirs), both));

  it("changes nothing when it is done again", () => {
    assert.deepEqual(merge(both, theirs), both);
    assert.deepEqual(merge(both, mine), both);
  });

  it("takes a tick, a note and a place in the plan from either side", () => {
    const one = plan(action("a", { planned: false, steps: [step("s", { done: false, note: "Long note" })] }));
    const other = plan(action("a", { steps: [step("s", { note: "note" })] }));
    const expected = plan(action("a", { steps: [step("s", { note: "Long note" })] }));
    assert.deepEqual(merge(one, other), expected);
    assert.deepEqual(merge(other, one), expected);
  });

  it("refuses more than a plan may hold", () => {
    const [one, other] = ["x", "y"].map((char) =>
      plan(action("a", { steps: [step("s", { note: char.repeat(6000) })] })),
    );
    assert.ok(one && other);
    assert.throws(() => merge(one, other), TOO_MUCH);
  });

  it("makes a plan that can be kept and read again", () => {
    fc.assert(
      fc.property(plans, plans, (one, other) => {
        const merged = merge(one, other);
        assert.deepEqual(fromText(toText(merged)), merged);
        assert.deepEqual(new Set(ids(merged)), new Set([...ids(one), ...ids(other)]));
        assert.deepEqual(merge(merged, other), merged);
      }),
    );
  });
});

describe("followed", () => {
  const current = new Map([["old", "new"]]);

  it("gives a renamed action its id of today, at its place", () => {
    assert.deepEqual(followed(plan(action("old", { owner: "Ana" }), action("x")), current), {
      ...plan(action("new", { owner: "Ana" }), action("x")),
    });
  });

  it("merges two ids of one action", () => {
    const two = plan(action("new", { steps: [step("s")] }), action("old", { owner: "Ana", steps: [step("t")] }));
    assert.deepEqual(followed(two, current), plan(action("new", { owner: "Ana", steps: [step("s"), step("t")] })));
  });

  it("returns a plan without renamed actions as it is", () => {
    const before = plan(action("x"));
    assert.equal(followed(before, current), before);
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
