/** Changes of the plan by a reader: what is not possible is said, and what was done can be undone. */

/** @import { Store } from "./storage.js" */
/** @import { Change, Plan } from "../../../types/checklist.d.ts" */

import { PlanError } from "./checking.js";
import { say } from "./notices.js";

/**
 * Change the plan, and return it as it was before. If the change is not possible, say so and return null.
 * @param {Store} store
 * @param {Change} how
 */
export function change(store, how) {
  try {
    return store.update(how);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    say(error.message, { bad: true });
    return null;
  }
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
