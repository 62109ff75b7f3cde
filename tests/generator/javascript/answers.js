/** Asks the search of a built site: `node answers.js SITE names|texts|files`, with questions as JSON on stdin. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const [, , site = "", what = "names"] = process.argv;
/** @type {string[]} */
const questions = JSON.parse(readFileSync(0, "utf8"));
/** @type {string[]} */
let asked = [];

globalThis.fetch = (url) => {
  const file = new URL(String(url));
  asked.push(file.pathname.split("/").at(-1) ?? "");
  return Promise.resolve(new Response(readFileSync(file)));
};
/** @type {typeof import("../../../generator/smartguide/theme/assets/search/loading.js")} */
const { findNames, loadTexts } = await import(pathToFileURL(join(site, "assets/search/loading.js")).href);

const found = [];
for (const question of questions) {
  asked = [];
  if (what === "texts") {
    // biome-ignore lint/performance/noAwaitInLoops: one question after another, so that it is known what each asks for
    const texts = await loadTexts();
    const { hits, words } = await texts.search(question);
    found.push(
      await Promise.all(
        hits.slice(0, 10).map(async (hit) => {
          const { url, excerpt } = await texts.shown(hit, words);
          return [url, excerpt.join("")];
        }),
      ),
    );
    continue;
  }
  const {
    names,
    found: { hits },
  } = await findNames(question);
  const shown = hits.length > 0 ? hits : names.alike(question).map((named) => ({ named, name: "" }));
  const rows = shown
    .slice(0, 10)
    .map(({ named, name }) => [names.url(named), named.title, names.index.kinds[named.kind]?.[0], name]);
  found.push(what === "files" ? asked : rows);
}
process.stdout.write(JSON.stringify(found));
