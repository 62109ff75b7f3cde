/** What the form leads to: the files as they will be, what has changed, and the ways to send them. */

/** @import { Forge, Form } from "../../../../../types/form.d.ts" */
/** @import { Change, ForgeLink, MadeFile } from "../../../../../types/record-form.d.ts" */
/** @import { Words } from "./forge-words.js" */

import { button } from "../catalogue/dom.js";
import { element } from "../search/dom.js";
import { copy, download, newTab, twice } from "./dom.js";
import { emailFor, linkFor, uploadFor } from "./forge.js";
import { FORGES } from "./forge-words.js";
import { freshId } from "./part.js";
import { pictures } from "./pictures.js";

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
  const sent = files.map((file) => new SentFile(file, made.say));
  const found = ways(made, sent);
  return element(
    "section",
    { class: "sg-form-result", "aria-labelledby": heading.id },
    heading,
    element("p", {}, LEADS[Math.min(found.length, 2)] ?? ""),
    element("div", { class: "sg-form-ways" }, ...found),
    ...(changes.length > 0 ? [element("h4", {}, "What changes"), changeList(changes)] : []),
    element("h4", {}, count),
    ...sent.map((file) => file.shown()),
    element(
      "p",
      { class: "sg-form-help" },
      form.email || form.forge.repository ? "Have you sent it? Then the draft is no longer needed. " : "",
      twice("Delete the draft", "Press again to delete it", made.forget),
    ),
  );
}

/** What is said above the ways to send a file: without any, with one, and with several. */
const LEADS = [
  "This site does not say where it can be sent. Download the file, and give it to those who look after the site.",
  "Somebody looks at it, and then it is published.",
  "Somebody looks at it, and then it is published. Choose a way to send it.",
];

/** @param {MadeFile} file */
function stateOf({ isNew, why }) {
  if (isNew) return "(new)";
  return why ? `(changed: ${why})` : "(changed)";
}

/** A file that is shown on the page, and copied from several places of it. */
class SentFile {
  /**
   * @param {MadeFile} file
   * @param {(words: string) => void} say
   */
  constructor(file, say) {
    this.file = file;
    this.say = say;
    this.code = element("code", {}, file.text);
  }

  /** Return the part of the page that shows the file. */
  shown() {
    const { path } = this.file;
    return element(
      "div",
      { class: "sg-form-file" },
      element("p", {}, element("code", {}, path), " ", stateOf(this.file)),
      this.tools(),
      element("pre", { tabindex: "0", role: "region", "aria-label": `The file ${path}` }, this.code),
    );
  }

  /** Return buttons that copy and save the file. */
  tools() {
    const { path, text } = this.file;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const said = element("span", { class: "sg-form-note" });
    const copied = async () => {
      said.textContent = await copy(text, this.code);
      this.say(said.textContent);
    };
    const which = element("span", { class: "sg-hidden" }, ` ${name}`);
    const buttons = [
      button("Copy the file", copied, { class: "sg-tool" }),
      button("Download the file", () => download(text, name), { class: "sg-tool" }),
    ];
    for (const one of buttons) one.append(which.cloneNode(true));
    return element("p", { class: "sg-form-tools" }, ...buttons, said);
  }
}

/**
 * Return the ways to send the files, each folded; the only one is open.
 * @param {Result} made
 * @param {readonly SentFile[]} sent
 */
function ways(made, sent) {
  const { form } = made;
  const found = [];
  if (form.forge.repository) found.push(byForge(form.forge, sent));
  if (form.email) found.push(byEmail(made, sent));
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

/**
 * Return the way over the repository: for each file a link and what to do there, in the order in which they are sent.
 * @param {Forge} forge
 * @param {readonly SentFile[]} sent
 */
function byForge(forge, sent) {
  const words = FORGES[forge.kind];
  const links = sent.map(({ file }) => linkFor(forge, file));
  const steps = sent.flatMap((one, number) => {
    const link = links[number] ?? linkFor(forge, one.file);
    const heading = sent.length > 1 ? [element("h4", {}, `${number + 1}. ${one.file.title}`)] : [];
    return [...heading, link.isFilled ? filled(link.url, words) : pasted(one, link, forge)];
  });
  const isFilled = links.every((link) => link.isFilled);
  const isPasted = links.every((link) => !link.isFilled);
  const explained = isFilled
    ? ": opens with the file filled in"
    : isPasted
      ? ": copy the file, and paste it there"
      : "";
  const title = forge.kind ? `With ${words.name}` : "In the repository";
  return way(
    title,
    `If you have an account${explained}`,
    ...(sent.length > 1 ? [inOrder(sent)] : []),
    ...steps,
    ...(forge.kind ? [pictures(forge.kind, { isPasted: !isFilled, isNew: sent.every(({ file }) => file.isNew) })] : []),
  );
}

/**
 * Say in which order several files are sent.
 * @param {readonly SentFile[]} sent
 */
function inOrder(sent) {
  const last = sent.at(-1)?.file.title ?? "";
  return element(
    "p",
    {},
    `There are ${sent.length} files. Send them one after the other, in this order, and come back to this page after each: ` +
      `“${last}” names what comes before it. Write in each proposal that they belong together. ` +
      "Until the first is accepted, the check of the next may say that something is missing; that is no mistake of yours.",
  );
}

/**
 * @param {string} url
 * @param {Words} words
 */
function filled(url, words) {
  const open = newTab(`Open ${words.name} with the file filled in`, url, "md-button md-button--primary");
  return element(
    "ol",
    {},
    element("li", {}, open, element("p", { class: "sg-form-help" }, `${words.account} ${words.empty}`)),
    ...sending(words),
  );
}

/**
 * Return the steps by which a file is copied to the page of a forge.
 * @param {SentFile} sent
 * @param {ForgeLink} link
 * @param {Forge} forge
 */
function pasted(sent, { url, isOfFile }, forge) {
  const { file } = sent;
  const words = FORGES[forge.kind];
  const upload = uploadFor(forge, file);
  const other = upload ? ["Or download the file, and ", newTab("upload it", upload), " instead of pasting it."] : [];
  const paste = file.isNew
    ? "Click into the large empty field, and paste the file (Ctrl+V, or ⌘V)."
    : "Click into the text, select all of it (Ctrl+A, or ⌘A), and paste the file over it (Ctrl+V, or ⌘V).";
  return element(
    "ol",
    {},
    element("li", {}, "Copy the file: ", sent.tools()),
    element(
      "li",
      {},
      ...opening(url, isOfFile, file),
      element("p", { class: "sg-form-help" }, words.account, " ", ...other),
    ),
    element("li", {}, paste),
    ...sending(words),
  );
}

/**
 * Return the link to where a file is pasted.
 * @param {string} url
 * @param {boolean} isOfFile
 * @param {MadeFile} file
 * @returns {(Node | string)[]}
 */
function opening(url, isOfFile, file) {
  const look = "md-button md-button--primary";
  if (isOfFile) {
    return [
      newTab(`Open ${file.isNew ? "the page for the new file" : "the page on which the file is changed"}`, url, look),
    ];
  }
  const then = file.isNew ? " and make there a new file with the name " : " and change there the file ";
  return [newTab("Open the repository", url, look), then, element("code", {}, file.path)];
}

/** @param {Words} words */
function sending({ send }) {
  return send.map((step) => element("li", {}, step));
}

/**
 * @param {Result} made
 * @param {readonly SentFile[]} sent
 */
function byEmail({ form, files, title }, sent) {
  const link = emailFor(form.email, title, files);
  const write = element("a", { href: link.url, class: "md-button md-button--primary" }, "Write the e-mail");
  const copies = sent.map((one) => {
    const which = sent.length > 1 ? `the file of ${one.file.title}` : "the file";
    return element("li", {}, `Copy ${which}, or download it: `, one.tools());
  });
  const steps = link.isFilled
    ? [element("li", {}, write), element("li", {}, "Your program for e-mail opens, with everything in it. Send it.")]
    : [
        ...copies,
        element("li", {}, write),
        element("li", {}, "Paste what you copied into the e-mail, or attach what you downloaded, and send it."),
      ];
  const what = sent.length > 1 ? "the files that are shown below" : "the file that is shown below";
  const other = `Does nothing open? Write to ${form.email} from wherever you read your mail, with the subject “${title}”, and attach or paste ${what}.`;
  return way(
    "By e-mail",
    "Without any account",
    element("ol", {}, ...steps),
    element("p", { class: "sg-form-help" }, other),
  );
}
