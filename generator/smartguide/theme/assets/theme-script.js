/**
 * Loads the script of the theme when a reader first scrolls, points, clicks or presses a key. It keeps a slow phone busy
 * for a third of a second, in which the page would not answer, and does nothing on most pages before that. Where it has
 * something to do at once, it is loaded at once: in wide windows, whose sidebars it sizes, at an anchor, and where a
 * page has tabs or other parts that it prepares.
 */

/** What the script prepares for readers, or shows from elsewhere. */
const PREPARED = [
  ".annotate, .mermaid, .tabbed-set, .md-select, .md-toggle--indeterminate",
  ...["consent", "palette", "progress", "search"].map((name) => `[data-md-component="${name}"]`),
].join();
/** The beginnings of names of features of the theme for which it has something to do on pages of any kind. */
const FEATURES = ["content.code.", "navigation.instant"];
/** Events after which it is loaded: none that comes before a click, which would wait for it. */
const ACTIONS = ["scroll", "click", "keydown", "mousemove"];
const SIDEBARS = window.matchMedia("(min-width: 60em)"); // as the theme has it
const whenIdle = window.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 30));

/** @returns {boolean} */
function isNeededNow() {
  if (SIDEBARS.matches || location.hash || window.scrollY > 0 || document.querySelector(PREPARED)) return true;
  const { features = [], version } = JSON.parse(document.querySelector("#__config")?.textContent ?? "{}");
  return (
    Boolean(version) ||
    FEATURES.some((wanted) => features.some((/** @type {string} */ name) => name.startsWith(wanted)))
  );
}

/** @param {string} src */
function load(src) {
  const script = document.createElement("script");
  script.src = src;
  script.addEventListener("load", () => window.document$.next(document)); // it waits for a document that is there already
  document.head.append(script);
}

/** @param {string} src */
function loadOnAction(src) {
  const waiting = new AbortController();
  const act = () => {
    waiting.abort();
    whenIdle(() => load(src));
  };
  for (const name of ACTIONS) window.addEventListener(name, act, { passive: true, signal: waiting.signal });
  SIDEBARS.addEventListener("change", act, { signal: waiting.signal });
}

function start() {
  const link = document.querySelector("link[data-sg-theme-script]");
  if (!(link instanceof HTMLLinkElement)) return;
  document.documentElement.classList.replace("no-js", "js"); // as the theme's script does first
  if (isNeededNow()) load(link.href);
  else loadOnAction(link.href);
}

document.addEventListener("DOMContentLoaded", start);
