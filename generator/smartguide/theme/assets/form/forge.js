/** URLs of the repository's forge, where a file is made and where it is changed; and the URL of an e-mail. */

/** @import { Forge } from "../../../../../types/form.d.ts" */
/** @import { ForgeLink, MadeFile } from "../../../../../types/record-form.d.ts" */

/** A longer URL may be refused. */
export const LONGEST = 7000;
/** What programs for e-mail take as the text of a new message, encoded. */
export const LONGEST_EMAIL = 1800;

/**
 * Return where a file can be put into the repository: the page of the file or of a new one, if the forge is known or the
 * settings say where files are changed; else the repository.
 * @param {Forge} forge
 * @param {MadeFile} file
 * @returns {ForgeLink}
 */
export function linkFor({ kind, repository, branch, edit }, file) {
  if (kind === "") {
    const isThere = edit !== "" && !file.isNew;
    return { url: isThere ? edit + encoded(file.path) : repository, isFilled: false, isOfFile: isThere };
  }
  const at = file.path.lastIndexOf("/");
  const [folder, name] = [file.path.slice(0, at), file.path.slice(at + 1)];
  const base = kind === "gitlab" ? `${repository}/-` : repository;
  const empty = { isFilled: false, isOfFile: true };
  if (!file.isNew) return { url: `${base}/edit/${encoded(branch)}/${encoded(file.path)}`, ...empty };
  const begin = `${base}/new/${encoded(branch)}/${encoded(folder)}`;
  if (kind === "gitlab") return { url: `${begin}?file_name=${encodeURIComponent(name)}`, ...empty };
  const url = `${begin}?filename=${encodeURIComponent(name)}`;
  const filled = `${url}&value=${encodeURIComponent(file.text)}`;
  return filled.length <= LONGEST ? { url: filled, isFilled: true, isOfFile: true } : { url, ...empty };
}

/**
 * Return where files can be put into the folder of a file from one's own machine; an empty string if there is no such page.
 * @param {Forge} forge
 * @param {MadeFile} file
 */
export function uploadFor({ kind, repository, branch }, file) {
  if (kind !== "github" || repository === "" || !file.isNew) return "";
  return `${repository}/upload/${encoded(branch)}/${encoded(file.path.slice(0, file.path.lastIndexOf("/")))}`;
}

/**
 * Return the link to a new e-mail with the files; without their text, if that would be too long.
 * @param {string} address
 * @param {string} subject
 * @param {readonly MadeFile[]} files
 * @returns {ForgeLink}
 */
export function emailFor(address, subject, files) {
  const body = encodeURIComponent(
    files
      .map((file) => `${file.path}\n\n${file.text}`)
      .join("\n\n")
      .replaceAll("\n", "\r\n"),
  );
  const isFilled = body.length <= LONGEST_EMAIL;
  const text = isFilled ? body : encodeURIComponent("(Paste the file here.)");
  const to = encodeURIComponent(address).replaceAll("%40", "@");
  return { url: `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${text}`, isFilled, isOfFile: false };
}

/** @param {string} path */
function encoded(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}
