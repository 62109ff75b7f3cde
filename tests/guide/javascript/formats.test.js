/** Exports of a plan: Markdown, CSV, iCalendar. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { calendar, csv, hasDates, markdown, stages, usualSeparator } from "../../../theme/assets/checklist/formats.js";
import { item, shownStep } from "./plans.js";

/** @import { Item } from "../../../types/checklist.d.ts" */

const PROGRESS = { done: 1, total: 2 };

/** @param {Item[]} items */
const report = (...items) => ({ title: "My plan", market: "", items, progress: PROGRESS });

describe("csv", () => {
  for (const [text, cell] of /** @type {const} */ ([
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "a"', '"say ""a"""'],
    ["two\nlines", '"two\r\nlines"'],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@x", "'@x"],
    [" =1", "' =1"],
    ["\t=1", "\"'\t'=1\""],
    ["\tx", '"\'\tx"'],
    ["\n=1", "\"'\r\n'=1\""],
    ["x;=cmd|' /C calc'!A0", "\"x;'=cmd|' /C calc'!A0\""],
    ["x;y", '"x;y"'],
    ["x; \u200b-1", '"x; \u200b\'-1"'],
    ["x\t@y", '"x\t\'@y"'],
    ["x\n+1", '"x\r\n\'+1"'],
    ["x,=1", '"x,\'=1"'],
    ['x;"=1', '"x;""\'=1"'],
    ["\u2066=1", "'\u2066=1"],
    ["\u3164\u0301=1", "'\u3164\u0301=1"],
    ["x;\ufeff\uff1d1", '"x;\ufeff\'\uff1d1"'],
    ["\uff1d1", "'\uff1d1"],
    ["a=1", "a=1"],
  ])) {
    it(`writes ${JSON.stringify(text)} as one harmless cell`, () => {
      const rows = csv(report(item({ owner: text })));
      assert.equal(rows.slice(rows.indexOf("\r\n") + 2), `1,Act,,${cell},,,Step,,,,no,,yes,,My plan,\r\n`);
    });
  }

  it("has the separator that is asked for", () => {
    const rows = csv(report(item({ owner: "a,b" })), ";").split("\r\n");
    assert.equal(rows[0]?.split(";").length, 16);
    assert.equal(rows[1], '1;Act;;"a,b";;;Step;;;;no;;yes;;My plan;');
  });

  for (const [language, separator] of /** @type {const} */ ([
    ["de-DE", ";"],
    ["fr", ";"],
    ["en-GB", ","],
    ["de-CH", ","],
  ])) {
    it(`has ${separator} where people write numbers as in ${language}`, () => {
      assert.equal(usualSeparator(language), separator);
    });
  }

  it("takes no longer than a moment for a plan full of tabs", () => {
    assert.ok(csv(report(item({ owner: "\t".repeat(1_000_000) }))).includes("\t"));
  });

  it("begins with a byte order mark and the names of the columns", () => {
    assert.equal(
      csv(report()),
      "\ufeffOrder,Action,Area,Owner,Due,Stage,Step,Detail,Step owner,Step due,Done,Note,In the guide,Link,Plan,Market\r\n",
    );
  });

  it("has a row for an action without steps", () => {
    const rows = csv(report(item({ gone: true, steps: [] }))).split("\r\n");
    assert.deepEqual(rows.slice(1), ["1,Act,,,,,,,,,no,,no,,My plan,", ""]);
  });

  it("has a row for each step", () => {
    const steps = [
      shownStep({ stage: "One", detail: "How", done: true, note: "N" }),
      shownStep({ id: "old", text: "", gone: true }),
      shownStep({ text: "Mine", own: true, skipped: true, owner: "Ben", due: "2027-02-01" }),
    ];
    const rows = csv(report(item({ area: "Area", due: "2027-01-01", url: "https://x.example/", steps }))).split("\r\n");
    assert.deepEqual(rows.slice(1), [
      "1,Act,Area,,2027-01-01,One,Step,How,,,yes,N,yes,https://x.example/,My plan,",
      "1,Act,Area,,2027-01-01,,old,,,,no,,no,https://x.example/,My plan,",
      "1,Act,Area,,2027-01-01,,Mine,,Ben,2027-02-01,does not apply,,no,https://x.example/,My plan,",
      "",
    ]);
  });
});

describe("markdown", () => {
  it("shows texts exactly as they are", () => {
    const steps = [
      shownStep({ text: "# *All* [of](it) <b> `x` | ~ _ \\ &amp; A&B", stage: "1. First", done: true }),
      shownStep({ text: "Next", detail: "- How", note: "+ one\n\n2) two", stage: "1. First" }),
      shownStep({ text: "Old", gone: true }),
    ];
    assert.equal(
      markdown(report(item({ steps, owner: "A_B" }))),
      "# My plan\n\n1 of 2 steps done.\n\n## 1. Act\n\nOwner: A\\_B · 0 of 3 steps done\n\n### 1\\. First\n\n" +
        "- [x] \\# \\*All\\* \\[of\\](it) \\<b\\> \\`x\\` \\| \\~ \\_ \\\\ \\&amp; A&B\n" +
        "- [ ] Next\n\n  \\- How\n\n  > \\+ one\n  >\n  > 2\\) two\n\n" +
        "### No longer in the guide\n\n- [ ] Old (no longer in the guide)\n",
    );
  });

  for (const [note, lines] of /** @type {const} */ ([
    ["one\ntwo", ["one\\", "two"]],
    ["one  \ntwo\n\nthree", ["one\\", "two", "", "three"]],
    ["    one\n\ttwo", ["&nbsp;&nbsp;&nbsp;&nbsp;one\\", "&nbsp;two"]],
    ["   \none", ["", "one"]],
    ["one\\\ntwo", ["one\\\\\\", "two"]],
    ["one\n    # two", ["one\\", "&nbsp;&nbsp;&nbsp;&nbsp;\\# two"]],
  ])) {
    it(`keeps the lines of the note ${JSON.stringify(note)}, none of which is code`, () => {
      const text = markdown(report(item({ steps: [shownStep({ note })] })));
      const shown = lines.map((line) => `  > ${line}`.trimEnd()).join("\n");
      assert.equal(text.slice(text.indexOf("  >")), `${shown}\n`);
    });
  }

  it("has date and link of an action, and says that it is gone", () => {
    const text = markdown(report(item({ due: "2027-02-28", url: "https://x.example/", gone: true, steps: [] })));
    assert.equal(
      text,
      "# My plan\n\n1 of 2 steps done.\n\n## 1. Act (no longer in the guide)\n\n" +
        "By: 28 February 2027 · No steps\n\n<https://x.example/>\n",
    );
  });
});

describe("markdown of a plan for a market", () => {
  it("has its name and market, and who does which step until when", () => {
    const steps = [
      shownStep({ owner: "Ana", due: "2027-02-28" }),
      shownStep({ text: "Not this", skipped: true }),
      shownStep({ text: "Mine", own: true, stage: "Your own steps" }),
    ];
    assert.equal(
      markdown({ ...report(item({ steps })), title: "2027 *plan*", market: "Brazil" }),
      "# 2027 \\*plan\\*\n\nMarket: Brazil\n\n1 of 2 steps done.\n\n## 1. Act\n\n0 of 3 steps done\n\n" +
        "- [ ] Step (Ana, by 28 February 2027)\n- [ ] Not this (does not apply)\n\n### Your own steps\n\n- [ ] Mine\n",
    );
  });
});

describe("calendar", () => {
  const now = new Date("2026-01-02T03:04:05.678Z");

  it("escapes and folds its lines", () => {
    const title = `Ä;b,c\\d ${"é".repeat(60)}${"🇪🇺".repeat(10)}`;
    const result = calendar(report(item({ title, due: "2027-12-31", owner: "Ana" }), item({ id: "b" })), "n", now);
    assert.equal(Math.max(...result.split("\r\n").map((line) => Buffer.byteLength(line))), 75);
    assert.deepEqual(result.replaceAll("\r\n ", "").split("\r\n"), [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Smart Guide//My plan//EN",
      "CALSCALE:GREGORIAN",
      "X-WR-CALNAME:My plan",
      "BEGIN:VEVENT",
      "UID:n-a",
      "DTSTAMP:20260102T030405Z",
      "DTSTART;VALUE=DATE:20271231",
      "DTEND;VALUE=DATE:20280101",
      `SUMMARY:Due: Ä\\;b\\,c\\\\d ${"é".repeat(60)}${"🇪🇺".repeat(10)}`,
      "DESCRIPTION:Owner: Ana\\n0 of 1 step done\\nStill to do:\\n- Step",
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  it("counts the blank that begins a folded line", () => {
    const result = calendar(report(item({ title: "x".repeat(300), due: "2027-12-31" })), "n", now);
    assert.equal(Math.max(...result.split("\r\n").map((line) => line.length)), 75);
  });

  it("has the open steps that have a date", () => {
    const steps = [
      shownStep({ due: "2027-03-01", owner: "Ana", note: "N" }),
      shownStep({ id: "t", due: "2027-03-02", done: true }),
      shownStep({ id: "u", due: "2027-03-03", skipped: true }),
    ];
    const lines = calendar(report(item({ steps })), "n", now).split("\r\n");
    assert.deepEqual(
      lines.filter((line) => /^(?:UID|DTSTART|SUMMARY|DESCRIPTION)/u.test(line)),
      ["UID:n-a-s", "DTSTART;VALUE=DATE:20270301", "SUMMARY:Due: Step", "DESCRIPTION:Act\\nOwner: Ana\\nN"],
    );
    assert.equal(hasDates(report(item({ steps }))), true);
    assert.equal(hasDates(report(item({ steps: steps.slice(1) }))), false);
  });

  it("has the link of an action, and only open steps of the guide", () => {
    const steps = [shownStep({ done: true }), shownStep({ text: "Old", gone: true })];
    const lines = calendar(report(item({ due: "2028-02-28", url: "https://x.example/", steps })), "n", now).split(
      "\r\n",
    );
    assert.ok(lines.includes("URL:https://x.example/"));
    assert.ok(lines.includes("DTEND;VALUE=DATE:20280229"));
    assert.ok(lines.includes("DESCRIPTION:0 of 2 steps done"));
  });
});

it("groups steps by stage, in their order", () => {
  const steps = ["One", "One", "", "One"].map((stage, at) => shownStep({ id: `s-${at}`, stage }));
  const gone = shownStep({ id: "gone", stage: "One", gone: true });
  assert.deepEqual(
    stages([...steps, gone]).map(([stage, group]) => [stage, group.map(({ id }) => id)]),
    [
      ["One", ["s-0", "s-1"]],
      ["", ["s-2"]],
      ["One", ["s-3"]],
      ["No longer in the guide", ["gone"]],
    ],
  );
});
