/**
 * Lays out the parts that the style sheet left for later (`.sg-late`), little by little once the page has loaded: a long
 * page answers at once, and soon nothing on it is without its size. Without this script each is laid out when a reader
 * comes near it.
 */

/** So many rows of a table are laid out at a time, and a part without rows as a whole. */
const AT_ONCE = 4;
const DONE = "sg-laid-out";

/** @returns {Generator<Element[]>} what is laid out next */
function* portions() {
  for (const part of document.querySelectorAll(".sg-late")) {
    yield [part]; // first, as its rows have no layout before
    const rows = [...part.querySelectorAll("tr")];
    for (let first = 0; first < rows.length; first += AT_ONCE) yield rows.slice(first, first + AT_ONCE);
  }
}

const left = portions();
const whenIdle = window.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 30));

function layOutNext() {
  const { value, done } = left.next();
  if (done) return;
  for (const element of value) element.classList.add(DONE);
  whenIdle(layOutNext);
}

if (document.readyState === "complete") whenIdle(layOutNext);
else window.addEventListener("load", () => whenIdle(layOutNext));
