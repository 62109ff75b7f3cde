/** Plans as data for JSON: what is empty is left out. Pure; reading.js is the way back. */

/** @import { Action, Library, Plan, Stamp, Step } from "../../../types/checklist.d.ts" */

import { FORMAT, LIBRARY_FORMAT, VERSION } from "./reading.js";

/** @typedef {(stamps: Readonly<Record<string, Stamp | undefined>>) => Record<string, [place: number, at: number]>} Times */

/**
 * Return a plan as data.
 * @param {Plan} plan
 */
export function planData(plan) {
  return { format: FORMAT, version: VERSION, ...contents(plan) };
}

/**
 * Return all plans of a browser as data.
 * @param {Library} library
 */
export function libraryData({ browser, current, saved, copied, plans }) {
  const known = Object.entries(copied).filter(([planId]) => plans.some(({ id }) => id === planId));
  return {
    format: LIBRARY_FORMAT,
    version: VERSION,
    browser,
    current,
    saved,
    ...filled({ copied: Object.fromEntries(known) }),
    plans: plans.map(contents),
  };
}

/** @param {Plan} plan */
function contents({ id, name, market, marketName, seen, changed, actions }) {
  const browsers = Object.entries(seen);
  const places = new Map(browsers.map(([browser], place) => [browser, place]));
  /** @type {Times} */
  const times = (stamps) =>
    Object.fromEntries(
      Object.entries(stamps).flatMap(([field, stamp]) =>
        stamp ? [[field, [places.get(stamp.by) ?? -1, stamp.at]]] : [],
      ),
    );
  return {
    id,
    ...filled({ name, market, marketName, browsers, changed: times(changed) }),
    actions: actions.map((one) => actionData(one, times)),
  };
}

/**
 * @param {Action} action
 * @param {Times} times
 */
function actionData({ id, title, own, planned, owner, due, steps, changed }, times) {
  return {
    id,
    ...filled({ title, own }),
    planned,
    ...filled({ owner, due, steps: steps.map((one) => stepData(one, times)), changed: times(changed) }),
  };
}

/**
 * @param {Step} step
 * @param {Times} times
 */
function stepData({ id, text, own, done, skipped, note, owner, due, changed }, times) {
  return { id, ...filled({ text, own }), done, ...filled({ skipped, note, owner, due, changed: times(changed) }) };
}

/**
 * Return the entries that are not empty: no empty text, list or object, and nothing that is false.
 * @param {Readonly<Record<string, unknown>>} entries
 */
function filled(entries) {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) =>
      typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value),
    ),
  );
}
