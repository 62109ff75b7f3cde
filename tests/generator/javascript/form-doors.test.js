/** The URLs to which a file is sent: pages of forges, and e-mails. */

import assert from "node:assert/strict";
import { test as it } from "node:test";
import { emailFor, LONGEST, linkFor, uploadFor } from "../../../generator/smartguide/theme/assets/form/forge.js";

/** @import { Forge } from "../../../types/form.d.ts" */
/** @import { MadeFile } from "../../../types/record-form.d.ts" */

/** @type {Record<"github" | "gitlab" | "other" | "bare", Forge>} */
const FORGES = {
  github: { kind: "github", repository: "https://github.example/a/b", branch: "main", folder: "", edit: "" },
  gitlab: { kind: "gitlab", repository: "https://gitlab.example/a/b", branch: "main", folder: "", edit: "" },
  other: {
    kind: "",
    repository: "https://code.example/a/b",
    branch: "main",
    folder: "",
    edit: "https://code.example/a/b/_edit/main/",
  },
  bare: { kind: "", repository: "https://code.example/a/b", branch: "main", folder: "", edit: "" },
};
const HOSTILE = `name: "a & b # c"\nline: 'x=1&value=y?z#w'\nnote: |-\n  % + ü 😀 "'<>\\\n  ../ ; javascript:\n`;

/**
 * @param {Partial<MadeFile>} [changes]
 * @returns {MadeFile}
 */
function file(changes = {}) {
  return { path: "content/my tours/round.yml", text: HOSTILE, isNew: true, title: "Round", why: "", ...changes };
}

it("a new file is in the URL of GitHub's page to the letter, whatever it holds", () => {
  const { url, isFilled } = linkFor(FORGES.github, file());
  const { pathname, searchParams, hash } = new URL(url);
  assert.equal(pathname, "/a/b/new/main/content/my%20tours");
  assert.deepEqual(Object.fromEntries(searchParams), { filename: "round.yml", value: HOSTILE });
  assert.deepEqual([isFilled, hash], [true, ""]);
});

it("a URL of GitHub has at most 7,000 characters", () => {
  const { url } = linkFor(FORGES.github, file({ text: "" }));
  const most = LONGEST - url.length;
  for (const [more, isFilled] of /** @type {const} */ ([
    [0, true],
    [1, false],
  ])) {
    const made = linkFor(FORGES.github, file({ text: "x".repeat(most + more) }));
    assert.equal(made.isFilled, isFilled);
    assert.ok(made.url.length <= LONGEST);
    assert.equal(new URL(made.url).searchParams.get("filename"), "round.yml");
  }
});

/** @type {[keyof typeof FORGES, boolean, string, boolean][]} */
const PAGES = [
  ["github", false, "https://github.example/a/b/edit/main/content/my%20tours/round.yml", true],
  ["gitlab", true, "https://gitlab.example/a/b/-/new/main/content/my%20tours?file_name=round.yml", true],
  ["gitlab", false, "https://gitlab.example/a/b/-/edit/main/content/my%20tours/round.yml", true],
  ["other", true, "https://code.example/a/b", false],
  ["other", false, "https://code.example/a/b/_edit/main/content/my%20tours/round.yml", true],
  ["bare", false, "https://code.example/a/b", false],
];

for (const [forge, isNew, url, isOfFile] of PAGES) {
  it(`${forge}: where a ${isNew ? "new" : "changed"} file is put`, () => {
    assert.deepEqual(linkFor(FORGES[forge], file({ isNew })), { url, isFilled: false, isOfFile });
  });
}

it("only GitHub has a page on which a file is uploaded into its folder", () => {
  assert.equal(uploadFor(FORGES.github, file()), "https://github.example/a/b/upload/main/content/my%20tours");
  assert.equal(uploadFor(FORGES.gitlab, file()), "");
});

it("a short file is in the e-mail to the letter, a long one is pasted", () => {
  const { url, isFilled } = emailFor("a+b@tours.example", "Add A & B #1", [file()]);
  const { protocol, pathname, searchParams } = new URL(url);
  assert.deepEqual([protocol, decodeURIComponent(pathname), isFilled], ["mailto:", "a+b@tours.example", true]);
  assert.equal(searchParams.get("subject"), "Add A & B #1");
  assert.equal(searchParams.get("body")?.replaceAll("\r\n", "\n"), `content/my tours/round.yml\n\n${HOSTILE}`);
  const long = emailFor("a@tours.example", "Add", [file({ text: "x".repeat(2000) })]);
  assert.deepEqual([long.isFilled, long.url.includes("xxx")], [false, false]);
});
