/** How many actions the plan has, in the menu. Loaded only where this browser has a plan. */

/**
 * Show how many actions the plan has that is shown, wherever this page leads to it.
 * @param {string} text what the storage holds; nothing is shown if it cannot be read
 * @param {string} planPage the URL of the page of the plan
 */
export function showCount(text, planPage) {
  const count = countIn(text);
  for (const link of document.querySelectorAll(".md-tabs__link, .md-nav--primary .md-nav__link")) {
    if (!(link instanceof HTMLAnchorElement) || link.href.replace(/[#?].*$/u, "") !== planPage) continue;
    const shown = link.querySelector(".sg-count");
    shown?.remove();
    if (count > 0) link.append(badge(count));
  }
}

/**
 * Return how many actions the plan has that is shown; 0 where the text is none of ours.
 * @param {string} text
 */
export function countIn(text) {
  try {
    const data = JSON.parse(text);
    const plan = Array.isArray(data.plans)
      ? data.plans.find((/** @type {any} */ one) => one.id === data.current)
      : data;
    return plan.actions.filter((/** @type {any} */ one) => one.planned !== false).length;
  } catch {
    return 0;
  }
}

/** @param {number} count */
function badge(count) {
  const element = document.createElement("span");
  element.className = "sg-count";
  const hidden = document.createElement("span");
  hidden.className = "sg-hidden";
  hidden.textContent = count === 1 ? " action" : " actions";
  element.append(String(count), hidden);
  return element;
}
