/** What the form leads to: the files as they will be, what has changed, and the ways to send them. */

/** @import { Form } from "../../../../../types/form.d.ts" */
/** @import { Change, MadeFile } from "../../../../../types/record-form.d.ts" */

import { button } from "../catalogue/dom.js";
import { element } from "../search/dom.js";
import { copy, download, newTab, twice } from "./dom.js";
import { emailFor, linkFor, uploadFor } from "./forge.js";
import { freshId } from "./part.js";
import { committing, pasting, proposing } from "./pictures.js";

/**
 * @typedef {{ form: Form, files: readonly MadeFile[], changes: readonly Change[], title: string,
 *   say: (words: string) => void, forget: () => void }} Result
 */

/**
 * Return what has changed, as a list.
 * @param {readonly Change[]} changes
 */
export function changeList(changes) {
  const items = changes.map(({ title, before, after }) =>
    element(
      "li",
      {},
      element("strong", {}, title),
      ...(before ? [" ", element("del", {}, before)] : []),
      ...(after ? [" ", element("ins", {}, after)] : [" (taken out)"]),
    ),
  );
  return element("ul", { class: "sg-form-changes" }, ...items);
}

/**
 * Return the part of the page that shows the files, and the ways to send them.
 * @param {Result} made
 */
export function result(made) {
  const { files, changes, form } = made;
  if (files.length === 0) {
    return element(
      "section",
      { class: "sg-form-result" },
      element("h3", { tabindex: "-1" }, "Nothing has changed yet"),
    );
  }
  const heading = element("h3", { tabindex: "-1", id: freshId("result") }, "Nothing is wrong. Now send it");
  const count = files.length === 1 ? "The file as it will be" : "The files as they will be";
  return element(
    "section",
    { class: "sg-form-result", "aria-labelledby": heading.id },
    heading,
    element("p", {}, "Somebody looks at it, and then it is published. Choose a way to send it."),
    element("div", { class: "sg-form-ways" }, ...ways(made)),
    ...(changes.length > 0 ? [element("h4", {}, "What changes"), changeList(changes)] : []),
    element("h4", {}, count),
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
    element("p", {}, name, " ", stateOf(file)),
    tools(file, code, say),
    element("pre", { tabindex: "0", role: "region", "aria-label": `The file ${path}` }, code),
  );
}

/** @param {MadeFile} file */
function stateOf({ isNew, why }) {
  if (isNew) return "(new)";
  return why ? `(changed: ${why})` : "(changed)";
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

/**
 * Return the ways to send the files, each folded; the only one is open.
 * @param {Result} made
 */
function ways(made) {
  const { form } = made;
  const found = [];
  if (form.forge.kind || form.forge.repository) found.push(byForge(made));
  if (form.email) found.push(byEmail(made));
  for (const one of found) one.open = found.length === 1;
  return found;
}

/**
 * @param {string} title
 * @param {string} explained
 * @param {(Node | string)[]} inside
 */
function way(title, explained, ...inside) {
  const summary = element(
    "summary",
    {},
    element("span", {}, title),
    element("span", { class: "sg-form-count" }, explained),
  );
  return element("details", { class: "sg-form-more sg-form-way" }, summary, ...inside);
}

/** What forges call themselves, and what their buttons say. */
const FORGES = {
  github: { name: "GitHub", commit: "Commit changes…", propose: "Propose changes" },
  gitlab: { name: "GitLab", commit: "Commit changes", propose: "Create merge request" },
  "": { name: "the repository", commit: "Commit changes", propose: "Propose changes" },
};

/** @typedef {typeof FORGES.github} Words */

/** @param {Result} made */
function byForge({ form, files, say }) {
  const words = FORGES[form.forge.kind];
  const links = files.map((file) => linkFor(form.forge, file) ?? { url: form.forge.repository, isFilled: false });
  const isFilled = links.every((link) => link.isFilled);
  const first =
    files.length > 1
      ? [
          element(
            "p",
            {},
            "Send the files one after the other, in this order. Write in each proposal that they belong together.",
          ),
        ]
      : [];
  const steps = files.map((file, number) => {
    const url = links[number]?.url ?? "";
    const heading = files.length > 1 ? [element("h5", {}, `${number + 1}. ${file.title}`)] : [];
    return [...heading, isFilled ? filled(url, words) : pasted(file, url, words, { form, say })];
  });
  const isNew = files.every((file) => file.isNew);
  const pictures = isFilled ? [] : [pressed(isNew, words)];
  const account = form.forge.kind ? `With ${words.name}` : "In the repository";
  const explained = isFilled ? "opens with the file filled in" : "copy the file, and paste it there";
  return way(account, `If you have an account: ${explained}`, ...first, ...steps.flat(), ...pictures);
}

/**
 * @param {string} url
 * @param {Words} words
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
 * Return the steps by which a file is copied to the page of a forge.
 * @param {MadeFile} file
 * @param {string} url
 * @param {Words} words
 * @param {{ form: Form, say: (words: string) => void }} made
 */
function pasted(file, url, words, { form, say }) {
  const page = file.isNew ? "the page for the new file" : "the page on which the file is changed";
  const open = form.forge.kind
    ? [newTab(`Open ${page}`, url, "md-button md-button--primary")]
    : [
        newTab("Open the repository", url, "md-button md-button--primary"),
        ` and ${file.isNew ? "make the file " : "edit the file "}`,
        element("code", {}, file.path),
      ];
  const paste = file.isNew
    ? "Click into the large empty field, and paste the file (Ctrl+V, or ⌘V)."
    : "Click into the text, select all of it (Ctrl+A, or ⌘A), and paste the file over it (Ctrl+V, or ⌘V).";
  const upload = uploadFor(form.forge, file);
  const other = upload
    ? [element("p", { class: "sg-form-help" }, "Or download the file, and ", newTab("upload it", upload), ".")]
    : [];
  return element(
    "div",
    {},
    element(
      "ol",
      {},
      element("li", {}, "Copy the file: ", tools(file, element("pre", { hidden: true }), say)),
      element("li", {}, ...open),
      element("li", {}, paste),
      element("li", {}, `Press “${words.commit}”.`),
      element("li", {}, `Press “${words.propose}” on the page that follows. That is all.`),
    ),
    ...other,
  );
}

/**
 * Return three drawings of what is pressed.
 * @param {boolean} isNew
 * @param {Words} words
 */
function pressed(isNew, words) {
  return element(
    "ul",
    { class: "sg-form-pictures", "aria-label": "What it looks like" },
    ...[pasting(isNew), committing(words.commit), proposing(words.propose)].map((picture) =>
      element("li", {}, picture),
    ),
  );
}

/** @param {Result} made */
function byEmail({ form, files, title, say }) {
  const link = emailFor(form.email, title, files);
  const write = element("a", { href: link.url, class: "md-button md-button--primary" }, "Write the e-mail");
  const copies = files.map((file) => {
    const which = files.length > 1 ? `the file of ${file.title}` : "the file";
    return element("li", {}, `Copy ${which}: `, tools(file, element("pre", { hidden: true }), say));
  });
  const steps = link.isFilled
    ? [element("li", {}, write), element("li", {}, "Your program for e-mail opens, with everything in it. Send it.")]
    : [...copies, element("li", {}, write), element("li", {}, "Paste what you copied into the e-mail, and send it.")];
  const other = `Does nothing open? Write to ${form.email} from wherever you read your mail, with the subject “${title}”, and paste the file that is shown below.`;
  return way(
    "By e-mail",
    "Without any account",
    element("ol", {}, ...steps),
    element("p", { class: "sg-form-help" }, other),
  );
}
