/** What the property tests share: how many examples they try, and plans of every form. */

import process from "node:process";
import fc from "fast-check";
import { planData } from "../../../theme/assets/checklist/writing.js";

/** @import { Plan, Stamps } from "../../../types/checklist.d.ts" */

// The same examples in every run of the tests; many more, and always others, for `make fuzz`.
fc.configureGlobal(process.env.SMART_GUIDE_FUZZ ? { numRuns: 20_000 } : { numRuns: 300, seed: 1 });

// Often the same ones, so that two plans have something in common.
const id = fc.oneof(fc.constantFrom("a", "b", "c"), fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,2}$/u));
const word = fc.stringMatching(/^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,12}$/u);
const line = fc.array(word, { maxLength: 5 }).map((words) => words.join(" "));
const note = fc.array(line, { maxLength: 3 }).map((all) => all.join("\n"));
const due = fc.oneof(
  fc.constant(""),
  fc
    .date({ min: new Date("1900-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
);

/**
 * Return records as JSON makes them: with the prototype of all objects.
 * @template {object} One
 * @param {{ [Key in keyof One]: fc.Arbitrary<One[Key]> }} model
 */
const record = (model) => fc.record(model, { noNullPrototype: true });

/**
 * Return lists of records, each with an id of its own.
 * @template {{ id: string }} One
 * @param {fc.Arbitrary<One>} one
 */
const listed = (one) => fc.uniqueArray(one, { maxLength: 4, selector: ({ id: key }) => key });

const BROWSERS = ["0123456789ab", "ba9876543210", "aaaaaaaaaaaa"];
const stamp = record({ by: fc.constantFrom(...BROWSERS), at: fc.integer({ min: 0, max: 2_000_000_000_000 }) });

/**
 * Return the times of some of the given values.
 * @template {string} Field
 * @param {readonly Field[]} fields
 * @returns {fc.Arbitrary<Stamps<Field>>}
 */
const stamps = (fields) =>
  fc
    .array(fc.tuple(fc.constantFrom(...fields), stamp), { maxLength: 2 })
    .map((all) => /** @type {Stamps<Field>} */ (Object.fromEntries(all)));

const state = fc.constantFrom(
  { done: false, skipped: false },
  { done: true, skipped: false },
  { done: false, skipped: true },
);
const steps = listed(
  record({
    id,
    text: line,
    own: fc.constant(false),
    note,
    owner: line,
    due,
    changed: stamps(/** @type {const} */ (["state", "note", "owner", "due"])),
    state,
  }).map(({ state: now, ...rest }) => ({ ...rest, ...now })),
);
const actions = listed(
  record({
    id,
    title: line,
    own: fc.constant(false),
    planned: fc.boolean(),
    owner: line,
    due,
    steps,
    changed: stamps(/** @type {const} */ (["planned", "owner", "due"])),
  }),
);
const market = fc.constantFrom(
  { market: "", marketName: "" },
  { market: "BR", marketName: "Brazil" },
  { market: "CN", marketName: "China" },
);

/** Plans. */
export const plans = record({
  id: fc.stringMatching(/^[0-9a-f]{32}$/u),
  name: line,
  market,
  actions,
  changed: stamps(/** @type {const} */ (["name", "market", "order"])),
}).map(({ market: aim, ...rest }) => seeing({ ...rest, ...aim, seen: {} }));

/**
 * Return a plan that has seen all its times.
 * @param {Plan} plan
 * @returns {Plan}
 */
function seeing(plan) {
  /** @type {Record<string, number>} */
  const seen = {};
  const records = [plan, ...plan.actions, ...plan.actions.flatMap((action) => action.steps)];
  for (const { changed } of records) {
    for (const { by, at } of Object.values(changed)) seen[by] = Math.max(at, seen[by] ?? 0);
  }
  return { ...plan, seen };
}

/** Plans as a file has them. */
export const files = plans.map(planData);

/** The texts of plans in which something was replaced or added. */
export const spoiledFiles = fc
  .tuple(files, fc.infiniteStream(fc.nat()), fc.jsonValue(), fc.option(fc.tuple(fc.string(), fc.jsonValue())))
  .map(([file, choices, value, entry]) => {
    const copy = structuredClone(file);
    spoil(copy, choices, value);
    return JSON.stringify(entry ? { ...copy, [entry[0]]: entry[1] } : copy);
  });

/**
 * Replace a value somewhere in the data: go down by `choices`, as far as they lead.
 * @param {object} data
 * @param {Iterator<number>} choices
 * @param {unknown} value
 */
function spoil(data, choices, value) {
  const next = () => Number(choices.next().value);
  /** @type {Record<string, unknown>} */
  const here = /** @type {Record<string, unknown>} */ (data);
  const keys = Object.keys(here);
  const key = keys[next() % keys.length];
  if (key === undefined) return;
  const inner = here[key];
  if (typeof inner === "object" && inner !== null && next() % 2 === 0) spoil(inner, choices, value);
  else here[key] = value;
}
