/** The page of the form. What is in its URL says what it shows: `?add=books`, `?correct=books/emma`, `&field=title`. */

/** @import { Form } from "../../../../../types/form.d.ts" */
/** @import { Draft } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { correcting, draftList, kindsIn } from "./chooser.js";
import { Drafts } from "./drafts.js";
import { Editor } from "./editor.js";
import { loadForm } from "./model/loading.js";

/** @param {HTMLElement} place */
async function start(place) {
  const asked = new URLSearchParams(location.search);
  const [collection = "", ...rest] = (asked.get("correct") ?? asked.get("add") ?? "").split("/");
  const correct = asked.has("correct") ? rest.join("/") : "";
  const kinds = kindsIn(place);
  const drafts = new Drafts();
  const page = { place, kinds, drafts };
  let isLoaded = true;
  if (collection === "" || (asked.has("correct") && correct === "")) await choose(page);
  else isLoaded = await edit(page, collection, correct, asked);
  place.hidden = false;
  // What to do without the form stays if it did not load, but not that JavaScript is needed.
  for (const without of document.querySelectorAll(`[data-record-form-without]${isLoaded ? "" : " [data-why]"}`)) {
    without.remove();
  }
  if (collection !== "") document.querySelector("[data-choices]")?.remove();
  const field = asked.get("field");
  if (field) editor?.main.part.child(field)?.focus();
}

/** @type {Editor | undefined} */
let editor;

/** @typedef {{ place: HTMLElement, kinds: ReturnType<typeof kindsIn>, drafts: Drafts }} Page */

/** @param {Page} page */
async function choose({ place, kinds, drafts }) {
  const list = draftList(drafts.all(), await drafts.held(), kinds, ({ id }) => drafts.delete(id));
  if (list) place.prepend(list);
  place.append(correcting(kinds));
}

/**
 * @param {Page} page
 * @param {string} collection
 * @param {string} correct
 * @param {URLSearchParams} asked
 * @returns {Promise<boolean>} false if something did not load
 */
async function edit({ place, kinds, drafts }, collection, correct, asked) {
  try {
    const draft = drafts.get(asked.get("draft") ?? "");
    const isOfThis = draft?.correct === correct && draft.records[0]?.collection === collection;
    const made = await show(
      { place, kinds, drafts },
      await loadForm(collection),
      correct,
      isOfThis ? draft : undefined,
    );
    if (isOfThis) return true;
    const held = await drafts.held();
    const others = drafts
      .all()
      .filter(
        (other) => other.correct === correct && other.records[0]?.collection === collection && !held.has(other.id),
      );
    const list = draftList(others, held, kinds, ({ id }) => drafts.delete(id));
    if (list) made.notice.append(list);
    return true;
  } catch (error) {
    const isMissing = String(error).includes("404") || String(error).includes("no such record");
    place.append(notLoaded(isMissing, collection, correct));
    return isMissing;
  }
}

/**
 * Show the form of a record, in the place of one that is there already.
 * @param {Page} page
 * @param {Form} form
 * @param {string} correct the id of the record that is corrected; empty for a new one
 * @param {Draft} [draft]
 */
async function show(page, form, correct, draft) {
  const { place, kinds, drafts } = page;
  const open = (/** @type {Form} */ other, /** @type {Draft} */ begun) => goOn(page, other, begun);
  const made = new Editor(form, { kinds, drafts, correct, open });
  await made.start(draft);
  editor?.element.remove();
  place.append(made.element);
  editor = made;
  return made;
}

/**
 * Go on with a draft in the form of another record, without loading the page: what was typed may be stored nowhere.
 * @param {Page} page
 * @param {Form} form
 * @param {Draft} draft
 */
async function goOn(page, form, draft) {
  const made = await show(page, form, draft.correct, draft);
  const query = new URLSearchParams({ correct: `${form.collection}/${draft.correct}`, draft: draft.id });
  history.replaceState(history.state, "", `?${query}`);
  made.heading?.focus();
  made.heading?.scrollIntoView({ block: "start" });
}

/**
 * @param {boolean} isMissing whether there is no such record or collection
 * @param {string} collection
 * @param {string} correct
 */
function notLoaded(isMissing, collection, correct) {
  const what = correct ? `${collection}/${correct}` : collection;
  const words = isMissing
    ? `There is nothing called “${what}” here.`
    : "The form did not load. Check your connection, and load the page again.";
  return element(
    "div",
    { class: "sg-form-summary" },
    element("p", {}, words),
    element("p", {}, element("a", { href: location.pathname }, "Choose what to add or to correct")),
  );
}

const found = document.querySelector("[data-record-form]");
if (found instanceof HTMLElement) await start(found);
