/** Changes of the plan by a reader: what is not possible is said, and what was done can be undone. */

/** @import { Store } from "./storage.js" */
/** @import { Change, Library, TextChange } from "../../../types/checklist.d.ts" */

import { PlanError } from "./checking.js";
import { say } from "./notices.js";

/**
 * Change the plan, and return all plans as they were before. If the change is not possible, say so and return null.
 * @param {Store} store
 * @param {Change} how
 */
export function change(store, how) {
  return orSay(() => store.update(how));
}

/**
 * Change the list of plans in the same way.
 * @param {Store} store
 * @param {(library: Library) => Library} how
 */
export function changeAll(store, how) {
  return orSay(() => store.updateAll(how));
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
 * Say what was done, with a button that restores all plans as they were `before`; `afterUndo` runs after that.
 * @param {Store} store
 * @param {string} words
 * @param {Library} before
 * @param {{ afterUndo?: () => void, link?: HTMLElement }} options `link` leads to what was done
 */
export function sayDone(store, words, before, { afterUndo = () => undefined, link } = {}) {
  const after = store.library;
  const run = () => {
    store.updateAll(() => before);
    afterUndo();
  };
  // To save the plan to a file is no change of it.
  const isLatest = () => store.library.plans === after.plans && store.library.current === after.current;
  say(words, { undo: { run, isLatest }, ...(link && { link }) });
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
