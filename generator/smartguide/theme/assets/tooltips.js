/**
 * Tooltips: what a term means, under the mouse, after a tap or with the focus. There is one listener for all terms of a
 * page, which may be hundreds. A tooltip stays while the pointer is on it, and Escape takes it away (WCAG 2.2, 1.4.13).
 */

const TERM = "abbr[title]";
/** So many pixels are between a term and its tooltip, and between that and the edge of the window. */
const GAP = 6;
/** So many milliseconds the mouse rests on a term first, and is away from it and its tooltip at last. */
const OPENING = 150;
const CLOSING = 250;

const tooltip = document.createElement("div");
tooltip.id = "sg-tooltip";
tooltip.className = "sg-tooltip";
tooltip.setAttribute("role", "tooltip");

/** @type {Element | undefined} */
let shown;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {EventTarget | null} target */
function termAt(target) {
  const term = target instanceof Element ? target.closest(TERM) : null;
  return term?.closest(".md-typeset") ? term : undefined;
}

/** @param {Element} term */
function show(term) {
  hide();
  tooltip.textContent = term.getAttribute("title");
  term.removeAttribute("title"); // the browser would show its own
  term.setAttribute("aria-describedby", tooltip.id);
  shown = term;
  document.body.append(tooltip);
  place(term);
}

function hide() {
  clearTimeout(timer);
  tooltip.remove();
  shown?.setAttribute("title", tooltip.textContent ?? "");
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
}

/**
 * Put the tooltip below the first line of a term, or above it where there is no room.
 * @param {Element} term
 */
function place(term) {
  const line = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = tooltip;
  const { clientWidth, clientHeight } = document.documentElement;
  const isAbove = line.bottom + GAP + height > clientHeight && line.top - GAP - height > 0;
  const left = Math.max(GAP, Math.min(line.left, clientWidth - width - GAP));
  tooltip.style.left = `${left + scrollX}px`;
  tooltip.style.top = `${(isAbove ? line.top - GAP - height : line.bottom + GAP) + scrollY}px`;
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch") return;
  clearTimeout(timer);
  const term = termAt(target);
  const isOnShown = target instanceof Node && (shown?.contains(target) || tooltip.contains(target));
  if (term) timer = setTimeout(() => show(term), OPENING);
  else if (shown && !isOnShown) timer = setTimeout(hide, CLOSING);
});
document.addEventListener("focusin", ({ target }) => {
  const term = termAt(target);
  if (term) show(term);
});
document.addEventListener("focusout", ({ target }) => {
  if (target === shown) hide();
});
document.addEventListener("click", ({ target }) => {
  const term = termAt(target);
  if (term) show(term);
  else if (target instanceof Node && !shown?.contains(target) && !tooltip.contains(target)) hide();
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") hide();
});
addEventListener("beforeprint", hide);
