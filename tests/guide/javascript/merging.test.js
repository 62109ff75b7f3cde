/** Merging two plans: nothing is lost, what is newer is taken, and a person can choose. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { PlanError } from "../../../theme/assets/checklist/checking.js";
import { differences, followed, merge } from "../../../theme/assets/checklist/merging.js";
import { fromText, toText } from "../../../theme/assets/checklist/sharing.js";
import { stamped } from "../../../theme/assets/checklist/stamping.js";
import {
  add,
  addOwnStep,
  assign,
  assignStep,
  forget,
  move,
  moveTo,
  note,
  remove,
  rename,
  rewordStep,
  same,
  skip,
  tick,
} from "../../../theme/assets/checklist/state.js";
import { action, ids, plan, step, timeless } from "./plans.js";
import { plans } from "./properties.js";

/** @import { Change, Choice, Plan } from "../../../types/checklist.d.ts" */

const [ANA, BEN, KIM] = /** @type {const} */ (["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"]);
const NOW = { by: ANA, at: 1000 };
const A = { id: "a", title: "A" };
const B = { id: "b", title: "B" };
const AS = { action: A, step: { id: "s", text: "S" } };

/**
 * Return a plan after a change in a browser.
 * @param {Plan} before
 * @param {string} by
 * @param {number} at
 * @param {Change} change
 */
const changedBy = (before, by, at, change) => stamped(before, change(before), { by, at });

/**
 * Return what a merge shows: each difference as "key: mine / theirs, who changed it, what is taken".
 * @param {Plan} mine
 * @param {Plan} theirs
 */
const shown = (mine, theirs) =>
  differences(mine, theirs).map((one) => `${one.key}: ${one.mine} / ${one.theirs}, ${one.by}, ${one.pick}`);

/** @param {Plan} one */
const owner = (one) => one.actions[0]?.owner;
/** @param {Plan} one */
const firstStep = (one) => one.actions[0]?.steps.find(({ id }) => id === "s");

/** @param {Plan} one */
const byId = (one) => timeless(one).actions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
/** @param {Plan} one */
const planned = (one) => one.actions.filter((each) => each.planned).map(({ id }) => id);

const START = changedBy(plan(), ANA, 1, (now) => assign(add(now, [A, B]), "a", { owner: "Ana" }));

describe("a change on one side", () => {
  const cases = /** @type {[name: string, change: Change, read: (one: Plan) => unknown][]} */ ([
    ["another owner", (now) => assign(now, "a", { owner: "Ben" }), owner],
    ["an owner taken away", (now) => assign(now, "a", { owner: "" }), owner],
    ["a tick", (now) => tick(now, AS, true), (one) => firstStep(one)?.done],
    ["a step that does not apply", (now) => skip(now, AS, true), (one) => firstStep(one)?.skipped],
    ["an owner of a step", (now) => assignStep(now, AS, { owner: "Ben" }), (one) => firstStep(one)?.owner],
    ["an action taken out", (now) => remove(now, "a"), (one) => one.actions.find(({ id }) => id === "a")?.planned],
    ["a name", (now) => rename(now, "Brazil"), (one) => one.name],
    ["another order", (now) => move(now, "a", 1), (one) => ids(one)],
  ]);
  for (const [name, change, read] of cases) {
    it(`is taken, whichever side it is on and whatever its clock says: ${name}`, () => {
      for (const at of [0, 500]) {
        const changed = changedBy(START, BEN, at, change);
        assert.notDeepEqual(read(START), read(changed));
        assert.deepEqual(read(merge(START, changed, NOW)), read(changed));
        assert.deepEqual(read(merge(changed, START, NOW)), read(changed));
      }
    });
  }

  it("that takes a tick away is taken, and comes back to the first", () => {
    const ticked = changedBy(START, ANA, 2, (now) => tick(now, AS, true));
    const unticked = changedBy(ticked, BEN, 3, (now) => tick(now, AS, false));
    assert.deepEqual(shown(ticked, unticked), ["a/s/state: done / , theirs, theirs"]);
    assert.equal(firstStep(merge(ticked, unticked, NOW))?.done, false);
    assert.equal(firstStep(merge(unticked, ticked, NOW))?.done, false);
  });

  it("that deletes an action with its ticks is taken", () => {
    const ticked = changedBy(START, ANA, 2, (now) => tick(now, AS, true));
    const gone = changedBy(ticked, BEN, 3, (now) => forget(now, "a"));
    const merged = merge(ticked, gone, NOW);
    assert.equal(same(merged, gone), true);
    assert.equal(same(merge(gone, ticked, NOW), gone), true);
  });

  it("that deletes an own step is taken", () => {
    const own = { action: A, step: { id: "own-1", text: "Call", own: true } };
    const added = changedBy(START, ANA, 2, (now) => addOwnStep(now, own));
    const gone = changedBy(added, BEN, 3, (now) => rewordStep(now, { ...own, step: { id: "own-1", text: "" } }));
    assert.equal(same(merge(added, gone, NOW), START), true);
    assert.equal(same(merge(gone, added, NOW), START), true);
    assert.equal(same(merge(START, added, NOW), added), true);
  });
});

describe("changes on both sides", () => {
  it("of different values are all taken", () => {
    const mine = changedBy(START, ANA, 2, (now) => assign(now, "a", { due: "2027-01-01" }));
    const theirs = changedBy(START, BEN, 3, (now) => tick(now, AS, true));
    const merged = merge(mine, theirs, NOW);
    assert.deepEqual([merged.actions[0]?.due, firstStep(merged)?.done], ["2027-01-01", true]);
    assert.deepEqual(timeless(merge(theirs, mine, NOW)), timeless(merged));
  });

  it("keep a step of one's own that one side deleted and the other changed, whole, unless a person chooses", () => {
    const own = { action: A, step: { id: "own-1", text: "Call", own: true } };
    const gone = { ...own, step: { ...own.step, text: "" } };
    const added = changedBy(START, ANA, 2, (now) => addOwnStep(now, own));
    const mine = changedBy(added, ANA, 9, (now) => rewordStep(now, gone));
    const noted = changedBy(added, BEN, 3, (now) => tick(now, own, true));
    const theirs = changedBy(noted, BEN, 4, (now) => note(now, own, "On Monday"));
    assert.deepEqual(shown(mine, theirs), ["a/own-1/text:  / Call, both, theirs"]);
    const merged = merge(mine, theirs, NOW);
    assert.equal(same(merged, theirs), true);
    assert.deepEqual(timeless(merge(theirs, mine, NOW)), timeless(merged));
    assert.equal(same(merge(merged, mine, NOW), merged), true);
    assert.equal(same(merge(mine, merged, NOW), merged), true);
    const deleted = merge(mine, theirs, NOW, new Map([["a/own-1/text", "mine"]]));
    assert.equal(same(deleted, START), true);
    assert.equal(same(merge(theirs, deleted, NOW), START), true);
    const known = changedBy(theirs, ANA, 9, (now) => rewordStep(now, gone));
    assert.equal(same(merge(theirs, known, NOW), START), true);
  });

  it("keep an action that one side took out and the other changed, unless a person chooses", () => {
    const mine = changedBy(START, ANA, 9, (now) => remove(now, "a"));
    for (const change of /** @type {Change[]} */ ([
      (now) => assign(now, "a", { owner: "Ben" }),
      (now) => tick(now, AS, true),
    ])) {
      const theirs = changedBy(START, BEN, 3, change);
      assert.equal(shown(mine, theirs)[0], "a/planned:  / planned, both, theirs");
      const merged = merge(mine, theirs, NOW);
      const kept = [merged, merge(theirs, mine, NOW), merge(merged, mine, NOW), merge(mine, merged, NOW)];
      for (const one of kept) assert.deepEqual(byId(one), byId(theirs));
      assert.deepEqual(planned(merge(mine, theirs, NOW, new Map([["a/planned", "mine"]]))), ["b"]);
    }
  });

  it("put a new action where the other side moved it, and agree at once", () => {
    const theirs = changedBy(
      changedBy(START, BEN, 3, (now) => add(now, [{ id: "d", title: "D" }])),
      BEN,
      4,
      (now) => moveTo(now, "d", "first"),
    );
    const merged = merge(START, theirs, NOW);
    assert.deepEqual(ids(merged), ["d", "a", "b"]);
    assert.deepEqual(differences(theirs, merged), []);
    assert.deepEqual(differences(merged, theirs), []);
    const mine = changedBy(
      changedBy(START, ANA, 5, (now) => add(now, [{ id: "e", title: "E" }])),
      ANA,
      6,
      (now) => moveTo(now, "e", "first"),
    );
    const both = merge(mine, theirs, NOW);
    const back = merge(theirs, both, { by: BEN, at: 2000 });
    assert.deepEqual(differences(back, both), []);
    assert.deepEqual(differences(both, back), []);
    assert.equal(ids(back).length, 4);
  });

  it("of one value are shown, and the later one is taken unless a person chooses", () => {
    const mine = changedBy(START, ANA, 9, (now) => assign(now, "a", { owner: "Mine" }));
    const theirs = changedBy(START, BEN, 8, (now) => assign(now, "a", { owner: "Theirs" }));
    assert.deepEqual(shown(mine, theirs), ["a/owner: Mine / Theirs, both, mine"]);
    assert.equal(owner(merge(mine, theirs, NOW)), "Mine");
    assert.equal(owner(merge(theirs, mine, NOW)), "Mine");
    assert.equal(owner(merge(mine, theirs, NOW, new Map([["a/owner", "theirs"]]))), "Theirs");
  });

  it("of one value at the same time end the same on both sides", () => {
    const [mine, theirs] = [ANA, BEN].map((by) => changedBy(START, by, 5, (now) => assign(now, "a", { owner: by })));
    assert.ok(mine && theirs);
    assert.equal(owner(merge(mine, theirs, NOW)), owner(merge(theirs, mine, NOW)));
  });

  it("of a note are both kept, in the same order on both sides", () => {
    const mine = changedBy(START, ANA, 9, (now) => note(now, AS, "Mine"));
    const theirs = changedBy(START, BEN, 8, (now) => note(now, AS, "Theirs"));
    assert.deepEqual(shown(mine, theirs), ["a/s/note: Mine / Theirs, both, together"]);
    assert.equal(firstStep(merge(mine, theirs, NOW))?.note, "Theirs\n\nMine");
    assert.equal(firstStep(merge(theirs, mine, NOW))?.note, "Theirs\n\nMine");
    assert.equal(firstStep(merge(mine, theirs, NOW, new Map([["a/s/note", "mine"]])))?.note, "Mine");
  });

  it("of the order are shown, and nothing is lost", () => {
    const three = changedBy(START, ANA, 2, (now) => add(now, [{ id: "c", title: "" }]));
    const mine = changedBy(three, ANA, 3, (now) => move(now, "a", 1));
    const theirs = changedBy(
      changedBy(three, BEN, 4, (now) => move(now, "c", -1)),
      BEN,
      5,
      (now) => add(now, [{ id: "d", title: "" }]),
    );
    assert.deepEqual(shown(mine, theirs), [
      "plan/order: b a c / a c b, both, theirs",
      "d/planned:  / planned, theirs, theirs",
    ]);
    assert.deepEqual(ids(merge(mine, theirs, NOW)), ["a", "c", "b", "d"]);
    assert.deepEqual(ids(merge(mine, theirs, NOW, new Map([["plan/order", "mine"]]))), ["b", "a", "c", "d"]);
  });
});

describe("a choice", () => {
  /** @param {Choice} choice */
  const choose = (choice) => {
    const mine = changedBy(START, ANA, 9, (now) => assign(now, "a", { owner: "Mine" }));
    const theirs = changedBy(START, BEN, 8, (now) => assign(now, "a", { owner: "Theirs" }));
    return { mine, theirs, chosen: merge(mine, theirs, NOW, new Map([["a/owner", choice]])) };
  };

  for (const choice of /** @type {Choice[]} */ (["mine", "theirs"])) {
    it(`of ${choice} is taken by the others, too`, () => {
      const { mine, theirs, chosen } = choose(choice);
      for (const other of [mine, theirs]) {
        assert.equal(owner(merge(other, chosen, { by: KIM, at: 1 })), owner(chosen));
        assert.equal(owner(merge(chosen, other, NOW)), owner(chosen));
      }
    });
  }

  it("against a new action leaves it out until they change it", () => {
    const theirs = changedBy(START, BEN, 2, (now) => add(now, [{ id: "d", title: "D" }]));
    const refused = merge(START, theirs, NOW, new Map([["d/planned", "mine"]]));
    assert.deepEqual(planned(refused), ["a", "b"]);
    assert.deepEqual(planned(merge(refused, theirs, NOW)), ["a", "b"]);
    const changed = changedBy(theirs, BEN, 3, (now) => assign(now, "d", { owner: "Ben" }));
    assert.deepEqual(shown(refused, changed), ["d/planned:  / planned, both, theirs"]);
  });
});

describe("four people", () => {
  it("end with the same plan, whatever way it goes round, and nothing is lost", () => {
    const people = [ANA, BEN, KIM].map((by, index) =>
      changedBy(
        changedBy(START, by, 10 + index, (now) => assign(now, "b", { owner: by })),
        by,
        20 + index,
        (now) => note(now, { action: B, step: { id: `s-${index}`, text: "" } }, by),
      ),
    );
    const [first, second, third] = people;
    assert.ok(first && second && third);
    const round = merge(merge(first, second, NOW), third, NOW);
    const back = merge(third, merge(second, first, NOW), NOW);
    assert.equal(same(round, back), true);
    assert.equal(round.actions[1]?.owner, KIM);
    assert.equal(round.actions[1]?.steps.length, 3);
    assert.deepEqual(
      differences(round, first).filter((one) => one.pick !== "mine"),
      [],
    );
  });
});

describe("plans of version 1, which have no times", () => {
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

  it("add up their ticks, notes and actions", () => assert.deepEqual(timeless(merge(mine, theirs, NOW)), both));

  it("change nothing when they are merged again", () => {
    assert.deepEqual(timeless(merge(both, theirs, NOW)), both);
    assert.deepEqual(timeless(merge(both, mine, NOW)), both);
  });

  it("give way to what has a time", () => {
    const changed = changedBy(mine, ANA, 2, (now) => tick(assign(now, "a", { owner: "New" }), AS, false));
    const merged = merge(theirs, changed, NOW);
    assert.equal(merged.actions.find(({ id }) => id === "a")?.owner, "New");
    assert.equal(merged.actions.find(({ id }) => id === "a")?.steps[0]?.done, false);
  });
});

it("refuses more than a plan may hold", () => {
  const [one, other] = ["x", "y"].map((char) => plan(action("a", { steps: [step("s", { note: char.repeat(6000) })] })));
  assert.ok(one && other);
  assert.throws(
    () => merge(one, other, NOW),
    (error) => error instanceof PlanError && error.message.includes("more than a plan can hold"),
  );
});

describe("properties", () => {
  it("a merged plan can be kept and read again, has the actions of both, and merging again changes nothing", () => {
    fc.assert(
      fc.property(plans, plans, (one, other) => {
        const merged = merge(one, other, NOW);
        assert.deepEqual(fromText(toText(merged)), merged);
        assert.deepEqual(new Set(ids(merged)), new Set([...ids(one), ...ids(other)]));
        assert.equal(same(merge(merged, other, NOW), merged), true);
        assert.equal(same(merge(merged, one, NOW), merged), true);
      }),
    );
  });

  it("every value of a merged plan is that of one side, or both notes together", () => {
    fc.assert(
      fc.property(plans, plans, (one, other) => {
        for (const merged of merge(one, other, NOW).actions) {
          const sides = [one, other].flatMap((side) => side.actions.filter(({ id }) => id === merged.id));
          assert.ok(sides.some((side) => side.owner === merged.owner));
          for (const { id, note: text } of merged.steps) {
            const notes = sides.flatMap((side) => side.steps.filter((each) => each.id === id).map((each) => each.note));
            assert.ok(notes.includes(text) || notes.every((each) => text.includes(each)));
          }
        }
      }),
    );
  });
});

describe("followed", () => {
  const current = new Map([["old", "new"]]);

  it("gives a renamed action its id of today, at its place", () => {
    assert.deepEqual(
      followed(plan(action("old", { owner: "Ana" }), action("x")), current),
      plan(action("new", { owner: "Ana" }), action("x")),
    );
  });

  it("merges two ids of one action", () => {
    const two = plan(action("new", { steps: [step("s")] }), action("old", { owner: "Ana", steps: [step("t")] }));
    assert.deepEqual(followed(two, current), plan(action("new", { owner: "Ana", steps: [step("s"), step("t")] })));
  });

  it("returns a plan without renamed actions as it is", () => {
    const before = plan(action("x"), action("old", { own: true }));
    assert.equal(followed(before, current), before);
  });
});
