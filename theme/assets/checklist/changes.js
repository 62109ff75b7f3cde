/** Changes of the plan by a reader: what is not possible is said, and what was done can be undone. */

/** @import { Store } from "./storage.js" */
/** @import { Change, Plan, TextChange } from "../../../types/checklist.d.ts" */

import { PlanError } from "./checking.js";
import { say } from "./notices.js";

/**
 * Change the plan, and return it as it was before. If the change is not possible, say so and return null.
 * @param {Store} store
 * @param {Change} how
 */
export function change(store, how) {
  return orSay(() => store.update(how));
}

/**
 * Change the plan by a text that is being typed: it is saved after a pause. If the change is not possible, say so.
 * @param {Store} store
 * @param {string} key what is typed in; a later change replaces an earlier one
 * @param {TextChange} how
 */
export function changeSoon(store, key, how) {
  orSay(() => store.updateSoon(key, how));
}

/**
 * Say what was done, with a button that restores the plan as it was `before`; `then` runs after that.
 * @param {Store} store
 * @param {string} words
 * @param {Plan} before
 * @param {() => void} then
 */
export function sayDone(store, words, before, then = () => undefined) {
  const after = store.plan;
  const run = () => {
    store.update(() => before);
    then();
  };
  say(words, { undo: { run, isLatest: () => store.plan === after } });
}

/**
 * @template Result
 * @param {() => Result} run
 */
function orSay(run) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    say(error.message, { bad: true });
    return null;
  }
}
