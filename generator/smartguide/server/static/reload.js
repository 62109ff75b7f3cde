// Reloads the page when the preview says that it has changed, and shows what is wrong as soon as that is known.
// The browser keeps its place on the page when it reloads.

const own = /** @type {HTMLScriptElement} */ (document.currentScript);
const { path = "", page = "", panel = "" } = own.dataset;

/** @type {EventSource | undefined} */
let source;

/** Ask for news. The preview compares what the page was made of with what there is now. */
function listen() {
  if (source !== undefined || document.hidden) return; // a hidden page would hold one of few connections
  source = new EventSource(`/_smartguide/events?${new URLSearchParams({ path, page, panel: own.dataset.panel ?? panel })}`);
  source.addEventListener("changed", () => {
    stop();
    window.location.reload();
  });
  source.addEventListener("findings", (event) => {
    const found = JSON.parse(event.data);
    own.dataset.panel = found.panel;
    for (const old of document.querySelectorAll(".sg-preview")) old.remove();
    own.insertAdjacentHTML("beforebegin", found.html);
  });
}

function stop() {
  source?.close();
  source = undefined;
}

document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", listen);
listen();
