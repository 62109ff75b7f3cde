/**
 * The home page offers to continue the plan, if this browser has one. It only looks whether there is one: the plan itself is
 * read by the scripts of its own page.
 */

const BASE = new URL("../", import.meta.url).pathname;
/** All pages of a host share one storage, and the plan of a site below a path has the path in its key. */
const IS_OURS = /^smart-guide:plans?:v[0-9]+$/u;
const HAS_ACTIONS = /"actions":\[\{/u;

const hasPlan = () => {
  const ending = BASE === "/" ? "" : `:${BASE}`;
  try {
    return Object.entries(localStorage).some(
      ([key, text]) =>
        key.endsWith(ending) &&
        IS_OURS.test(key.slice(0, key.length - ending.length)) &&
        HAS_ACTIONS.test(String(text)),
    );
  } catch {
    return false; // the browser forbids the page to look
  }
};

const link = /** @type {HTMLElement | null} */ (document.querySelector("[data-continue-plan]"));
if (link && hasPlan()) link.hidden = false;
