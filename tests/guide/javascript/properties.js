/** What the property tests share: how many examples they try, and plans of every form. */

import process from "node:process";
import fc from "fast-check";

// The same examples in every run of the tests; many more, and always others, for `make fuzz`.
fc.configureGlobal(process.env.SMART_GUIDE_FUZZ ? { numRuns: 20_000 } : { numRuns: 300, seed: 1 });

const id = fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,2}$/u);
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

const steps = listed(record({ id, text: line, done: fc.boolean(), note }));
const actions = listed(record({ id, title: line, planned: fc.boolean(), owner: line, due, steps }));

/** Plans. */
export const plans = record({ id: fc.stringMatching(/^[0-9a-f]{32}$/u), actions });

/** Plans as a file has them. */
export const files = plans.map((plan) => ({ format: "smart-guide-plan", version: 1, ...plan }));

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
