/** Filtered lists: what a URL finds, how many each value would give, and what is said if there is nothing. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { csv, embedded, usualSeparator } from "../../../generator/smartguide/theme/assets/catalogue/files.js";
import { counts, pageUrl, waysOut } from "../../../generator/smartguide/theme/assets/catalogue/list.js";
import {
  NOTHING,
  withAll,
  without,
  withValues,
  written,
} from "../../../generator/smartguide/theme/assets/catalogue/query.js";
import { folded } from "../../../generator/smartguide/theme/assets/catalogue/text.js";
import {
  dateWords,
  filterWords,
  foundWords,
  noneWords,
} from "../../../generator/smartguide/theme/assets/catalogue/words.js";
import { answerTo, found, list, stateOf } from "./lists.js";

const EVERYTHING = "aran emma lokis sea zoo";

describe("a query finds", () => {
  for (const [query, ids] of /** @type {const} */ ([
    ["", EVERYTHING],
    ["?genre=novel", "emma lokis zoo"],
    ["?genre=novel&genre=play", "aran emma lokis zoo"],
    ["?genre=novel&author.country=FR", "lokis"],
    ["?author.country=gb", "emma sea"],
    ["?author.country=uk", "emma sea"],
    ["?genre=poem", ""],
    ["?genre=", EVERYTHING],
    ["?utm_source=x", EVERYTHING],
    ["?pages=100..", "emma sea"],
    ["?pages=..90", "aran lokis"],
    ["?pages=60..300", "aran lokis sea"],
    ["?pages=480", "emma"],
    ["?pages=many", ""],
    ["?printed=1815..1907", "aran emma lokis"],
    ["?readers=2..", "emma"],
    ["?readers=bob", "emma sea"],
    ["?readers=..0", "zoo"],
    ["?text=aran", "aran"],
    ["?text=LOKIS", "lokis"],
    ["?text=bear", "lokis"],
    ["?text=match+maker", "emma"],
    ["?text=the+se", "sea"],
    ["?text=ea", ""],
    ["?text=french", "lokis"],
    ["?text=frankreich", "lokis"],
    ["?text=lokus", "lokis"],
    ["?text=unitd+emma", "emma"],
    ["?text=lokos", "lokis"],
    ["?text=emna", ""],
    ["?text=thesea", "sea"],
    ["?text=the+sea", "sea"],
    ["?text=the", "sea"],
    ["?text=lo+kis", "lokis"],
    ["?text=a+novel", "emma lokis zoo"],
    ["?text=1815", "emma"],
    ["?text=matchh", "emma"],
    ["?text=xyzzy", ""],
    ["?author.country=IE&author.country=GB&all=author.country", "sea"],
    ["?author.country=IE&all=author.country", "aran sea"],
    ["?author.country=IE&author.country=nowhere&all=author.country", ""],
    ["?readers=2..&all=readers", "emma"],
    ["?genre=novel&genre=play&all=genre", ""],
    ["?text=united", "emma sea"],
    ["?text=%2C", EVERYTHING],
    ["?sort=-title", "zoo sea lokis emma aran"],
    ["?sort=pages", "lokis aran sea emma zoo"],
    ["?sort=-pages", "emma sea aran lokis zoo"],
    ["?sort=printed", "emma lokis aran sea zoo"],
    ["?sort=-readers", "emma lokis sea zoo aran"],
    ["?sort=author.country", "lokis aran sea emma zoo"],
    ["?sort=nothing", EVERYTHING],
  ])) {
    it(`${query} → ${ids || "nothing"}`, () => assert.equal(found(query), ids));
  }
});

describe("what is chosen is in the URL", () => {
  for (const query of [
    "",
    "?genre=novel",
    "?genre=novel&genre=play&author.country=GB",
    "?text=a+b%26c",
    "?genre=a%3Db&sort=-pages",
    "?genre=novel&embed",
    "?genre=novel&genre=play&all=genre&text=a",
  ]) {
    it(`as it was: ${query}`, () => assert.equal(written(stateOf(query)), query));
  }

  it("without what is left out", () => {
    const state = stateOf("?genre=novel&author.country=GB&text=a");
    assert.equal(written(without(state, ["genre", ""])), "?author.country=GB");
    assert.equal(written(withValues(state, "genre", [])), "?author.country=GB&text=a");
    assert.equal(written(withValues(NOTHING, "genre", ["play", "novel"])), "?genre=play&genre=novel");
    assert.equal(written(withAll(state, "genre", true)), "?genre=novel&author.country=GB&all=genre&text=a");
    assert.equal(written(without(withAll(state, "genre", true), ["genre"])), "?author.country=GB&text=a");
    assert.equal(written(withAll(withAll(state, "genre", true), "genre", false)), written(state));
  });
});

describe("counts", () => {
  for (const [query, key, expected] of /** @type {const} */ ([
    ["", "genre", [1, 3]],
    ["?genre=play", "genre", [1, 3]],
    ["?genre=play", "author.country", [1, 0, 0]],
    ["?genre=play&author.country=FR", "author.country", [1, 0, 0]],
    ["?genre=play&author.country=FR", "genre", [0, 1]],
    ["?pages=100..", "author.country", [1, 2, 0]],
    ["?author.country=IE&all=author.country", "author.country", [2, 1, 0]],
  ])) {
    it(`of ${key} are for the other filters: ${query}`, () => {
      const column = list.columns.find((one) => one.key === key);
      assert.ok(column);
      assert.deepEqual([...counts(column, answerTo(query))], expected);
    });
  }
});

describe("where nothing is found", () => {
  for (const [query, words, ways] of /** @type {const} */ ([
    ["?genre=poem", "No book has this: Genre: poem. “poem” is not among the values of “Genre”.", ["Genre: poem → 5"]],
    [
      "?genre=play&author.country=FR",
      "No book has all of this: Genre: play; Country of author: France.",
      ["Genre: play → 1", "Country of author: France → 1"],
    ],
    [
      "?genre=play&author.country=FR&pages=..60",
      "No book has all of this: Genre: play; Country of author: France; Pages: up to 60.",
      ["Genre: play → 1"],
    ],
    [
      "?genre=play&author.country=FR&text=zoo",
      "No book has all of this: Genre: play; Country of author: France; Text: zoo.",
      [
        "Genre: play + Country of author: France → 1",
        "Genre: play + Text: zoo → 1",
        "Country of author: France + Text: zoo → 1",
      ],
    ],
  ])) {
    it(`it is said, with the fewest filters to leave out: ${query}`, () => {
      const answered = answerTo(query);
      assert.equal(noneWords(list, answered), words);
      const said = waysOut(answered).map(
        ({ leaveOut, total }) => `${leaveOut.map(filterWords).join(" + ")} → ${total}`,
      );
      assert.deepEqual(said, ways);
    });
  }
});

describe("words", () => {
  for (const [query, words] of /** @type {const} */ ([
    ["", "5 books"],
    ["?genre=novel", "3 of 5 books"],
    ["?text=lokus", "1 of 5 books. Nothing has “lokus”; looked for “lokis”"],
    ["?text=xyzzy", "0 of 5 books"],
  ])) {
    it(`say how many: ${words}`, () => assert.equal(foundWords(list, answerTo(query)), words));
  }
  it("say that filters through the same records need not hold for the same one", () => {
    const { filters, ...rest } = answerTo("?author.country=FR");
    const [country] = filters;
    assert.ok(country);
    const both = { ...rest, filters: [country, { ...country, key: "author.town", title: "Town of author" }] };
    const words = "1 of 5 books. “Country of author” and “Town of author” need not belong to the same one";
    assert.equal(foundWords(list, both), words);
  });
  for (const [query, words] of /** @type {const} */ ([
    ["?pages=100..", "Pages: 100 or more"],
    ["?printed=1900..", "Printed: from 1900"],
    ["?pages=1..2&pages=5", "Pages: 1 to 2 or 5"],
    ["?readers=2..", "Readers: 2 or more"],
    ["?readers=ann", "Readers: Ann"],
    ["?author.country=gb", "Country of author: United Kingdom"],
    ["?author.country=gb&author.country=FR&all=author.country", "Country of author: United Kingdom and France"],
  ])) {
    it(`say what is chosen: ${words}`, () => assert.deepEqual(answerTo(query).filters.map(filterWords), [words]));
  }
  for (const [date, words] of /** @type {const} */ ([
    ["2016", "2016"],
    ["2016-01", "Jan 2016"],
    ["2016-01-31", "31 Jan 2016"],
    ["2016-09-01", "1 Sept 2016"],
  ])) {
    it(`say a date: ${words}`, () => assert.equal(dateWords(date), words));
  }
  it("are compared without accents, capitals and signs", () => {
    assert.equal(folded("Pôle S.C.S. d’Øresund – Łódź Straße"), "pole s c s doresund lodz strasse");
    assert.equal(folded("Ελλάδα"), "ελλαδα");
  });
});

/** @param {string} id */
const urlOf = (id) => `https://books.example/${id}/`;

describe("csv", () => {
  const lines = (/** @type {string} */ query, /** @type {"," | ";"} */ sign) =>
    csv(list, answerTo(query), sign, urlOf).split("\r\n");

  it("has all columns, with the separator that is chosen, for Excel", () => {
    assert.deepEqual(lines("?text=emma", ";"), [
      "\ufeffBook;Description;Genre;Country of author;Pages;Printed;Readers (number);Readers;Link",
      'Emma;A match-maker;novel;United Kingdom;480;1815-12;2;"Ann; Bob";https://books.example/emma/',
      "",
    ]);
    assert.match(lines("?text=emma", ",")[1] ?? "", /^Emma,A match-maker,novel,/u);
  });

  it("runs no formula in a spreadsheet", () => assert.match(lines("?text=zoo", ",")[1] ?? "", /^Zoo,'=1\+1,/u));

  it("keeps the order of the list", () => {
    const names = lines("?sort=-pages", ",").map((line) => line.split(",")[0]);
    assert.deepEqual(names.slice(1, 6), ["Emma", "The sea", "Arán", "Łokis", "Zoo"]);
  });

  it("begins with the separator that is usual for a language", () => {
    assert.deepEqual(["en", "de", "pl"].map(usualSeparator), [",", ";", ";"]);
  });
});

describe("HTML for a page elsewhere", () => {
  it("is links, with the text as text", () => {
    const { data } = list;
    const hostile = { ...list, data: { ...data, label: data.label.map(() => '<script>&"') } };
    const html = embedded(hostile, answerTo("?text=zoo"), "https://books.example/?text=zoo&a", urlOf);
    assert.equal(
      html,
      [
        '<h2><a href="https://books.example/?text=zoo&amp;a">Books; Text: zoo</a></h2>',
        "<p>1 of 5 books</p>",
        "<ul>",
        '<li><a href="https://books.example/zoo/">&lt;script&gt;&amp;&quot;</a>: =1+1</li>',
        "</ul>",
        "",
      ].join("\n"),
    );
  });
});

describe("the page of a record", () => {
  for (const [data, id, url] of /** @type {const} */ ([
    [{ url: "books/" }, "emma", "books/emma/"],
    [{ url: "", folders: { books: "books/", terms: "about/terms/#" } }, "books/emma", "books/emma/"],
    [{ url: "", folders: { books: "books/", terms: "about/terms/#" } }, "terms/novel", "about/terms/#novel"],
  ])) {
    it(`is ${url}`, () => assert.equal(pageUrl(data, id), url));
  }
});
