// Reloads the page when the preview says that it has changed, and shows what is wrong as soon as that is known.
// The browser keeps its place on the page when it reloads.

const own = /** @type {HTMLScriptElement} */ (document.querySelector('script[src="/_smartguide/reload.js"]'));
const { path = "", page = "", panel = "" } = own.dataset;

/** @type {EventSource | undefined} */
let source;

/** Ask for news. The preview compares what the page was made of with what there is now. */
function listen() {
  if (source !== undefined || document.hidden) return; // a hidden page would hold one of few connections
  source = new EventSource(
    `/_smartguide/events?${new URLSearchParams({ path, page, panel: own.dataset.panel ?? panel })}`,
  );
  source.addEventListener("changed", renew);
  source.addEventListener("findings", (event) => {
    const found = JSON.parse(event.data);
    own.dataset.panel = found.panel;
    for (const old of document.querySelectorAll(".sg-preview")) old.remove();
    own.insertAdjacentHTML("beforebegin", found.html);
  });
}

/** Show the new text at once, and then load the page anew: the theme's scripts prepare a page when it is loaded. */
async function renew() {
  stop();
  try {
    const answer = await fetch(window.location.pathname, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
    const old = document.querySelector("article");
    if (fresh && old) old.replaceWith(fresh);
  } finally {
    window.location.reload();
  }
}

function stop() {
  source?.close();
  source = undefined;
}

document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", listen);
listen();

export {}; // a module, whose names are its own
