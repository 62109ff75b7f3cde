/** Single values of a plan that comes from outside. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isDate, line, lines } from "../../../theme/assets/checklist/checking.js";

describe("isDate", () => {
  for (const date of ["2027-02-28", "2028-02-29", "1900-01-01", "2999-12-31"]) {
    it(`takes ${date}`, () => assert.equal(isDate(date), true));
  }
  for (const date of [
    "2027-02-29",
    "2027-13-01",
    "2027-00-10",
    "2027-01-00",
    "2027-04-31",
    "0027-01-01",
    "1899-12-31",
    "3000-01-01",
    "2027-1-1",
    "",
    "2027-01-01T00:00",
  ]) {
    it(`refuses “${date}”`, () => assert.equal(isDate(date), false));
  }
});

describe("texts", () => {
  it("are on one line, without control characters and blanks around them", () => {
    assert.equal(line(" a\u0000b\n\tc\u2028 \u0085d ", 100), "a b c d");
    assert.equal(line("ab cd", 3), "ab");
  });

  it("have several lines, with one kind of line break", () => {
    assert.equal(lines("a\r\nb\rc\n\td\u000b\u001f\u007f", 100), "a\nb\nc\n\td");
    assert.equal(lines("abc", 2), "ab");
  });

  it("hold nothing that turns their order", () => {
    for (const char of "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
      assert.equal(line(`An${char}a`, 9), "Ana");
      assert.equal(lines(`An${char}a\n${char}`, 9), "Ana\n");
    }
  });

  it("hold no half of a surrogate pair", () => {
    assert.equal(lines("\ud800x", 10), "\ufffdx");
    assert.equal(line("🇪🇺", 1), "\ufffd");
  });
});
