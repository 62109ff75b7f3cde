/** How the search compares texts and words. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test as it } from "node:test";
import { distance, likeness, mistakes } from "../../../generator/smartguide/theme/assets/search/distance.js";
import { fold, wordsOf } from "../../../generator/smartguide/theme/assets/search/fold.js";
import {
  answers,
  compared,
  likeOf,
  remembering,
  weight,
} from "../../../generator/smartguide/theme/assets/search/ranking.js";
import { Texts } from "../../../generator/smartguide/theme/assets/search/texts.js";

/** @type {Record<string, string>} */
const FOLDED = JSON.parse(readFileSync(new URL("../../folding.json", import.meta.url), "utf8"));

it("texts are compared without capitals and accents, as in Python", () => {
  for (const [text, expected] of Object.entries(FOLDED)) assert.equal(fold(text), expected);
});

it("signs divide words and are in none", () => {
  assert.deepEqual(wordsOf(fold("L'eau, SMEs' e.V.: a-b_c")), ["l", "eau", "smes", "e", "v", "a", "b", "c"]);
});

it("the distance counts letters that are changed, left out, added or exchanged", () => {
  assert.equal(distance("cluster", "cluster", 2), 0);
  assert.equal(distance("clutser", "cluster", 2), 1);
  assert.equal(distance("cluter", "cluster", 2), 1);
  assert.equal(distance("clusster", "cluster", 2), 1);
  assert.equal(distance("klusder", "cluster", 2), 2);
  assert.ok(distance("valley", "cluster", 2) > 2);
  assert.equal(mistakes("sme"), 0);
  assert.ok(likeness("lakesthree", "threelakes") > likeness("lakesthree", "stonepass"));
});

it("of one letter nothing is the beginning, and short words have no mistakes", () => {
  assert.equal(likeOf("a", "aera"), 0);
  assert.equal(likeOf("sme", "sma"), 0);
  assert.ok(likeOf("clu", "cluster") > 0.7);
  assert.ok(likeOf("clutser", "cluster") > likeOf("klusder", "cluster"));
});

it("the exact name comes before one that begins so, and that before a misspelt one", () => {
  /** @type {(question: string, name: string) => number} */
  const score = (question, name) =>
    answers(compared(fold(question)), compared(fold(name)), likeOf, (word) => weight(word, 1, 100));
  assert.ok(score("Pole SCS", "Pôle SCS") > score("Pole SCS", "Pole SCS Cluster"));
  assert.ok(score("Offshore Väst", "OffshoreVäst") > score("Offshore", "OffshoreVäst"));
  assert.ok(score("Pole SCS", "Pole SCS Cluster") > score("Pole SCS", "Pole SXS"));
  assert.ok(score("COSME", "COSME") > score("COSME", "Cosmetic Valley"));
});

it("texts are found by the shards that hold their words, with the place marked", async () => {
  /** @type {Record<string, unknown>} */
  const files = {
    a: { alder: [0], birch: [1, 3] },
    b: { willow: [5] },
    texts: [
      ["x/", "Tree", "Birch", [["", "", "An alder and a birch grow here."]]],
      [
        "y/",
        "Tree",
        "Grove",
        [
          ["", "", "A birch."],
          ["wet", "Where it is wet", "There a willow <b>stands</b>."],
        ],
      ],
    ],
  };
  /** @type {string[]} */
  const loaded = [];
  const index = {
    weights: "cc",
    parts: /** @type {[number, string][]} */ ([[0, "texts"]]),
    shards: /** @type {[string, string][]} */ ([
      ["alder", "a"],
      ["willow", "b"],
    ]),
    stopWords: ["a", "and"],
  };
  const texts = new Texts(index, (file) => {
    loaded.push(file);
    return Promise.resolve(/** @type {any} */ (files[file]));
  });
  const { hits, words } = await texts.search("a wilow");
  assert.deepEqual(loaded, ["b"]);
  assert.deepEqual(
    hits.map(({ page }) => page),
    [1],
  );
  const shown = await texts.shown(/** @type {any} */ (hits[0]), words);
  assert.equal(shown.url, "y/#wet");
  assert.deepEqual(shown.excerpt, ["There a ", "willow", " <b>stands</b>."]);
  assert.deepEqual(
    (await texts.search("alder birch")).hits.map(({ page }) => page),
    [0],
  );
});

it("does not take a word that a name has for another one with two mistakes", () => {
  const like = remembering((word) => word === "polish");
  assert.equal(like("polish", "policy"), 0);
  assert.ok(like("polisk", "policy") > 0);
  assert.ok(like("polish", "polis") > 0);
});
