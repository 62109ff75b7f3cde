/** What forges call themselves, what their buttons say, and what a person does there after the file is in its field. */

/**
 * @typedef {{ name: string, commit: string, propose: string, create: string, account: string, empty: string,
 *   send: readonly string[] }} Words `account` says what may come first, `empty` what to do if a filled page loses the file
 */

/** @type {Record<"github" | "gitlab" | "", Words>} */
export const FORGES = {
  github: {
    name: "GitHub",
    commit: "Commit changes…",
    propose: "Propose changes",
    create: "Create pull request",
    account: "GitHub may first ask you to sign in, and to press “Fork this repository”, which makes a copy for you.",
    empty: "If the file is not there afterwards, come back and open it again.",
    send: [
      "Press “Commit changes…” at the top right.",
      "Press “Propose changes” in the window that opens.",
      "Press “Create pull request” on the page that follows, and once more if it asks again. That is all.",
    ],
  },
  gitlab: {
    name: "GitLab",
    commit: "Commit changes",
    propose: "Commit changes",
    create: "Create merge request",
    account: "GitLab may first ask you to sign in, and to press “Fork”, which makes a copy for you.",
    empty: "",
    send: [
      "Press “Commit changes” at the top right; in older versions it is at the end of the page.",
      "Press “Commit changes” in the window that opens, if one opens.",
      "Press “Create merge request” on the page that follows. That is all.",
    ],
  },
  "": {
    name: "the repository",
    commit: "",
    propose: "",
    create: "",
    account: "You may first be asked to sign in.",
    empty: "",
    send: ["Save it there as a proposal (most call it a pull request or a merge request). That is all."],
  },
};
