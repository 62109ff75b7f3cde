/** What the form leads to: the files as they will be, what has changed, and the ways to send them. */

/** @import { Form } from "../../../../../types/form.d.ts" */
/** @import { Change, MadeFile } from "../../../../../types/record-form.d.ts" */
/** @import { Entry } from "./entry.js" */

import { button } from "../catalogue/dom.js";
import { element } from "../search/dom.js";
import { copy, download, newTab, twice } from "./dom.js";
import { emailFor, linkFor, uploadFor } from "./forge.js";
import { loadSource } from "./model/loading.js";
import { changedFile, newFile } from "./model/writing.js";
import { freshId } from "./part.js";
import { committing, pasting, proposing } from "./pictures.js";

/**
 * @typedef {{ form: Form, files: readonly MadeFile[], changes: readonly Change[], title: string,
 *   say: (words: string) => void, forget: () => void }} Result
 */

/**
 * Return the files that hold the records of a form: first those that others need.
 * @param {readonly Entry[]} entries
 * @returns {Promise<MadeFile[]>}
 */
export async function filesOf(entries) {
  /** @type {Map<string, MadeFile>} */
  const files = new Map();
  for (const entry of entries.toReversed()) {
    const { form, path, value, id } = entry;
    const title = entry.label || id;
    if (entry.known) {
      const text = changedFile(form, entry.text, entry.before, value, form.in_one_file ? id : undefined);
      files.set(path, { path, text, isNew: false, title });
    } else if (form.in_one_file) {
      const before = files.get(path)?.text ?? (await loadSource(form, id));
      const between = before.includes("\n\n") ? "\n" : "";
      const text = `${before.trimEnd()}\n${between}${newFile(form, value, id)}`;
      files.set(path, { path, text, isNew: false, title });
    } else {
      files.set(path, { path, text: newFile(form, value, id), isNew: true, title });
    }
  }
  return [...files.values()];
}

/**
 * Return the part of the page that shows the files, and the ways to send them.
 * @param {Result} made
 */
export function result(made) {
  const { files, changes, form } = made;
  const isCorrection = files.some(({ isNew }) => !isNew) && files.length === 1;
  if (isCorrection && changes.length === 0 && files.every(({ isNew }) => !isNew) && made.title.startsWith("Correct")) {
    return element("section", { class: "sg-form-result" }, element("h3", { tabindex: "-1" }, "Nothing has changed yet"));
  }
  const heading = element("h3", { tabindex: "-1", id: freshId("result") }, "Nothing is wrong with it. Now send it");
  const count = files.length === 1 ? "This is the file" : `These are the ${files.length} files`;
  return element(
    "section",
    { class: "sg-form-result", "aria-labelledby": heading.id },
    heading,
    element("p", {}, `${count} that will be added to the guide once somebody has looked at it. Choose one of the ways below.`),
    element("div", { class: "sg-form-ways" }, ...ways(made)),
    element("h4", {}, files.length === 1 ? "The file" : "The files"),
    ...files.map((file) => shownFile(file, made.say)),
    element(
      "p",
      { class: "sg-form-help" },
      form.email || form.forge.repository ? "Have you sent it? Then the draft is no longer needed. " : "",
      twice("Delete the draft", "Press again to delete it", made.forget),
    ),
  );
}

/**
 * @param {MadeFile} file
 * @param {(words: string) => void} say
 */
function shownFile(file, say) {
  const { path, text } = file;
  const code = element("code", {}, text);
  const name = element("code", {}, path);
  return element(
    "div",
    { class: "sg-form-file" },
    element("p", {}, name, " ", file.isNew ? "(new)" : "(changed)"),
    tools(file, code, say),
    element("pre", { tabindex: "0", role: "region", "aria-label": `The file ${path}` }, code),
  );
}

/**
 * Return the buttons that copy and save a file.
 * @param {MadeFile} file
 * @param {HTMLElement} shown
 * @param {(words: string) => void} say
 */
function tools({ path, text }, shown, say) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const said = element("span", { class: "sg-form-note" });
  const copied = async () => {
    said.textContent = await copy(text, shown);
    say(said.textContent);
  };
  return element(
    "p",
    { class: "sg-form-tools" },
    button("Copy the file", copied, { class: "sg-form-tool" }),
    button("Download the file", () => download(text, name), { class: "sg-form-tool" }),
    said,
  );
}

/** @param {Result} made */
function ways(made) {
  const { form } = made;
  const found = [];
  if (form.forge.kind) found.push(byForge(made));
  else if (form.forge.repository) found.push(byHand(made));
  if (form.email) found.push(byEmail(made));
  return found;
}

/** What forges call themselves, and what their buttons say. */
const FORGES = {
  github: { name: "GitHub", commit: "Commit changes…", propose: "Propose changes" },
  gitlab: { name: "GitLab", commit: "Commit changes", propose: "Create merge request" },
};

/** @param {Result} made */
function byForge({ form, files, say }) {
  const words = FORGES[form.forge.kind === "gitlab" ? "gitlab" : "github"];
  const parts = files.map((file, number) => {
    const link = linkFor(form.forge, file);
    if (!link) return "";
    const first = files.length > 1 ? [element("h5", {}, `${number + 1}. ${file.title}`)] : [];
    const steps = link.isFilled ? filled(link.url, words) : pasted(file, link.url, words, say);
    const upload = link.isFilled ? "" : uploadFor(form.forge, file);
    const other = upload
      ? [element("p", { class: "sg-form-help" }, "Or download the file, and ", newTab("upload it", upload), ".")]
      : [];
    return element("div", {}, ...first, steps, ...other);
  });
  const several =
    "Send them one after the other. In the second proposal, write that it belongs to the first. By e-mail all of them go at once.";
  return element(
    "section",
    { class: "sg-form-way" },
    element("h4", {}, `With a ${words.name} account`),
    ...(files.length > 1 ? [element("p", {}, several)] : []),
    ...parts,
  );
}

/**
 * @param {string} url
 * @param {typeof FORGES.github} words
 */
function filled(url, words) {
  return element(
    "ol",
    {},
    element("li", {}, newTab(`Open ${words.name} with the file filled in`, url, "md-button md-button--primary")),
    element("li", {}, `Press “${words.commit}” at the top right, then “${words.propose}”.`),
    element("li", {}, "Press “Create pull request” on the page that follows. That is all."),
  );
}

/**
 * @param {MadeFile} file
 * @param {string} url
 * @param {typeof FORGES.github} words
 * @param {(words: string) => void} say
 */
function pasted(file, url, words, say) {
  const hidden = element("pre", { hidden: true });
  const name = file.isNew ? "the page for the new file" : "the page on which the file is changed";
  const paste = file.isNew
    ? "Click into the large empty field, and paste the file (Ctrl+V, or ⌘V)."
    : "Click into the text, select all of it (Ctrl+A, or ⌘A), and paste the file over it (Ctrl+V, or ⌘V).";
  return element(
    "ol",
    {},
    element("li", {}, "Copy the file: ", tools(file, hidden, say)),
    element("li", {}, newTab(`Open ${name} on ${words.name}`, url, "md-button md-button--primary")),
    element("li", {}, paste, pasting(file.isNew)),
    element("li", {}, `Press “${words.commit}”.`, committing(words.commit)),
    element("li", {}, `Press “${words.propose}” on the page that follows. That is all.`, proposing(words.propose)),
  );
}

/** @param {Result} made */
function byHand({ form, files, say }) {
  return element(
    "section",
    { class: "sg-form-way" },
    element("h4", {}, "With an account for the repository"),
    ...files.map((file) =>
      element(
        "ol",
        {},
        element("li", {}, "Copy the file, or download it: ", tools(file, element("pre", { hidden: true }), say)),
        element("li", {}, newTab("Open the repository", form.forge.repository, "md-button md-button--primary")),
        element(
          "li",
          {},
          file.isNew ? "Make a new file, " : "Open the file ",
          element("code", {}, file.path),
          file.isNew ? ", and paste the text into it." : ", press “Edit”, select all of its text, and paste the new text over it.",
          pasting(file.isNew),
        ),
        element("li", {}, "Save the change with the button at the end of the page.", committing("Commit changes")),
        element("li", {}, "Propose it on the page that follows. That is all.", proposing("Propose the change")),
      ),
    ),
  );
}

/** @param {Result} made */
function byEmail({ form, files, title, say }) {
  const link = emailFor(form.email, title, files);
  const address = element("a", { href: link.url, class: "md-button" }, "Write the e-mail");
  const steps = link.isFilled
    ? [element("li", {}, address), element("li", {}, "Your program for e-mail opens, with the file in it. Send it.")]
    : [
        ...files.map((file) =>
          element("li", {}, `Copy ${files.length > 1 ? `the file of ${file.title}` : "the file"}: `, tools(file, element("pre", { hidden: true }), say)),
        ),
        element("li", {}, address),
        element("li", {}, "Paste the file into the e-mail, and send it."),
      ];
  return element(
    "section",
    { class: "sg-form-way" },
    element("h4", {}, "Without an account: by e-mail"),
    element("ol", {}, ...steps),
    element("p", { class: "sg-form-help" }, `No program for e-mail on this machine? Write to ${form.email} from wherever you read your mail, with the subject “${title}”.`),
  );
}
