/** All plans of a browser: which one is shown, which one a market has, and what they are called. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LIMITS, PlanError } from "../../../theme/assets/checklist/checking.js";
import { fileName } from "../../../theme/assets/checklist/formats.js";
import {
  currentPlan,
  emptyLibrary,
  mergedLibraries,
  namesIn,
  showing,
  showingMarket,
  titleOf,
  withCopy,
  withNew,
  withoutPlan,
  withPlan,
} from "../../../theme/assets/checklist/library.js";
import { readLibrary } from "../../../theme/assets/checklist/reading.js";
import { add, aim, empty, rename } from "../../../theme/assets/checklist/state.js";
import { libraryData } from "../../../theme/assets/checklist/writing.js";
import { action, ids, plan, step } from "./plans.js";

const [FIRST, SECOND, THIRD] = /** @type {const} */ (["1", "2", "3"]).map((digit) => digit.repeat(32));
const [ONE, TWO, THREE] = [String(FIRST), String(SECOND), String(THIRD)];
const BROWSER = "aaaaaaaaaaaa";
const A = { id: "a", title: "A" };
const BRAZIL = { code: "BR", name: "Brazil" };
const NOW = { by: BROWSER, at: 1 };

const fresh = emptyLibrary(BROWSER, ONE);
const full = withPlan(fresh, add(currentPlan(fresh), [A]));
const two = withNew(full, aim(empty(TWO), BRAZIL));

/** @param {import("../../../types/checklist.d.ts").Library} library */
const readAgain = (library) => readLibrary(JSON.parse(JSON.stringify(libraryData(library))));

describe("several plans", () => {
  it("are added and shown; one that holds nothing makes room", () => {
    assert.deepEqual(
      withNew(fresh, empty(TWO)).plans.map(({ id }) => id),
      [TWO],
    );
    assert.deepEqual(
      two.plans.map(({ id }) => id),
      [ONE, TWO],
    );
    assert.equal(two.current, TWO);
    assert.equal(showing(two, ONE).current, ONE);
    assert.equal(showing(two, THREE), two);
  });

  it("are deleted; another one is shown, and there is always one", () => {
    assert.deepEqual(withoutPlan(two, TWO, THREE), { ...full, current: ONE });
    assert.deepEqual(ids(currentPlan(withoutPlan(full, ONE, THREE))), []);
    assert.equal(withoutPlan(full, ONE, THREE).current, THREE);
  });

  it("can be read again after any of this", () => {
    const emptied = withCopy(withPlan(two, empty(TWO)), TWO, 7);
    for (const library of [fresh, full, two, emptied, withNew(emptied, empty(THREE)), withoutPlan(emptied, TWO, THREE)])
      assert.deepEqual(readAgain(library).plans, library.plans);
  });

  it("are not too many", () => {
    const plans = Array.from({ length: LIMITS.plans }, (_, at) => ({
      ...plan(action("a")),
      id: String(at).padStart(32, "0"),
    }));
    const many = { ...fresh, current: plans[0]?.id ?? "", plans };
    assert.throws(() => withNew(many, empty(ONE)), PlanError);
  });
});

describe("the plan of a market", () => {
  it("is found, or made", () => {
    assert.equal(showingMarket(showing(two, ONE), BRAZIL, THREE).current, TWO);
    const made = showingMarket(two, { code: "CN", name: " China\n" }, THREE);
    assert.deepEqual(currentPlan(made), { ...empty(THREE), market: "CN", marketName: "China" });
    assert.equal(made.plans.length, 3);
  });

  it("is none where the page names no market", () => {
    assert.throws(() => showingMarket(two, { code: "<b>", name: "" }, THREE), PlanError);
  });
});

describe("titles", () => {
  it("are the name, the market, or a number", () => {
    const third = withNew(withPlan(two, rename(currentPlan(two), "Our year")), add(empty(THREE), [A]));
    assert.deepEqual(
      two.plans.map((one) => titleOf(two, one)),
      ["My plan", "My plan for Brazil"],
    );
    assert.deepEqual(
      third.plans.map((one) => titleOf(third, one)),
      ["My plan", "Our year", "My plan (2)"],
    );
  });

  it("name the files", () => {
    assert.deepEqual(["My plan", "My plan for Brazil", "Plán 2027: <b>/..", "计划"].map(fileName), [
      "smart-guide-plan",
      "smart-guide-plan-my-plan-for-brazil",
      "smart-guide-plan-plan-2027-b",
      "smart-guide-plan",
    ]);
  });
});

it("offers every name that was used", () => {
  const steps = [step("s", { owner: "Ben" }), step("t", { owner: "Ana" })];
  assert.deepEqual(namesIn(withPlan(full, { ...plan(action("a", { owner: "Zoë", steps })), id: ONE })), [
    "Ana",
    "Ben",
    "Zoë",
  ]);
});

it("merges what a tab could not save with what another one has saved", () => {
  const theirs = { ...withNew(full, { ...plan(action("x")), id: TWO }), saved: 1 };
  const mine = withPlan(fresh, add(currentPlan(fresh), [{ id: "b", title: "B" }]));
  const merged = mergedLibraries({ ...mine, saved: 1 }, theirs, NOW);
  assert.deepEqual(
    merged.plans.map((one) => ids(one)),
    [["b", "a"], ["x"]],
  );
  assert.equal(merged.current, TWO);
});
