/** Saves the plan to a file that the guide can load again. */

/** @import { PlanPage } from "../../../types/checklist.d.ts" */

import { changeAll } from "./changes.js";
import { download } from "./dom.js";
import { fileName } from "./formats.js";
import { titleOf, withCopy } from "./library.js";
import { announce } from "./notices.js";
import { toText } from "./sharing.js";

/**
 * Save the plan to a file, and note that it was.
 * @param {PlanPage} page
 */
export function saveToFile({ store }) {
  store.flush();
  const { plan } = store;
  download(toText(plan, 1), `${fileName(titleOf(store.library, plan))}.json`, "application/json");
  changeAll(store, (library) => withCopy(library, plan.id, Date.now()));
  announce("The plan was saved to a file.");
}
