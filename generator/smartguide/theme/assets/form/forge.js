/** URLs of the repository's forge: where a file is made, and where it is changed. */

/** @import { Forge } from "../../../../../types/form.d.ts" */
/** @import { ForgeLink, MadeFile } from "../../../../../types/record-form.d.ts" */

/** A URL with more encoded characters of a file may be refused. */
export const LONGEST = 7000;
/** What programs for e-mail take as the text of a new message, encoded. */
export const LONGEST_EMAIL = 1800;

/**
 * Return where a file can be put into the repository; undefined where the forge is not known.
 * @param {Forge} forge
 * @param {MadeFile} file
 * @returns {ForgeLink | undefined}
 */
export function linkFor({ kind, repository, branch }, file) {
  if (kind === "" || repository === "") return;
  const at = file.path.lastIndexOf("/");
  const [folder, name] = [file.path.slice(0, at), file.path.slice(at + 1)];
  const base = kind === "gitlab" ? `${repository}/-` : repository;
  if (!file.isNew) return { url: `${base}/edit/${encoded(branch)}/${encoded(file.path)}`, isFilled: false };
  const begin = `${base}/new/${encoded(branch)}/${encoded(folder)}`;
  if (kind === "gitlab") return { url: `${begin}?file_name=${encodeURIComponent(name)}`, isFilled: false };
  const text = encodeURIComponent(file.text);
  const isFilled = text.length <= LONGEST;
  return { url: `${begin}?filename=${encodeURIComponent(name)}${isFilled ? `&value=${text}` : ""}`, isFilled };
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
  return {
    url: `mailto:${encodeURIComponent(address).replaceAll("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${text}`,
    isFilled,
  };
}

/** @param {string} path */
function encoded(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}
