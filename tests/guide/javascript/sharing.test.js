/** The codec of a plan: what goes in comes out, and what is no plan is refused in words. */

import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { PlanError } from "../../../theme/assets/checklist/checking.js";
import { fromFragment, fromText, isPlanFragment, toFragment, toText } from "../../../theme/assets/checklist/sharing.js";
import { action, PLAN_ID, plan, step } from "./plans.js";
import { files, plans, spoiledFiles } from "./properties.js";

/** @import { Plan } from "../../../types/checklist.d.ts" */

/**
 * Return the fragment of a link with any content.
 * @param {string | Uint8Array} content
 * @param {string} packing
 * @param {number} version
 */
function fragment(content, packing = "d", version = 1) {
  const bytes = packing === "d" ? deflateRawSync(content, { level: 9 }) : Buffer.from(content);
  return `#plan=${version}.${packing}.${bytes.toString("base64url")}`;
}

/** @param {string} words */
const says = (words) => (/** @type {unknown} */ error) =>
  error instanceof PlanError && error.message.trim() !== "" && error.message.includes(words);

/**
 * Return what a function returns, or the words of its PlanError. Any other error is thrown.
 * @param {() => Plan} read
 */
function outcome(read) {
  try {
    return read();
  } catch (error) {
    if (says("")(error)) return String(error);
    throw error;
  }
}

/**
 * The same for a function that returns a promise.
 * @param {() => Promise<Plan>} read
 */
async function settled(read) {
  const [result] = await Promise.allSettled([read()]);
  return outcome(() => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

const FULL = plan(
  action("a", { title: "A", owner: "Ana", due: "2027-01-01", steps: [step("s", { note: "1\n2 🇪🇺" }), step("t")] }),
  action("b", { planned: false, steps: [step("u", { done: false, text: "", note: "N" })] }),
);
const GOOD = fragment(toText(FULL));
const BROKEN = "A part of it is missing";

describe("a plan as text", () => {
  it("leaves out what is empty", () => {
    assert.equal(
      toText(plan(action("a"), action("b", { steps: [step("s")] }))),
      `{"format":"smart-guide-plan","version":2,"id":"${PLAN_ID}","actions":[{"id":"a","planned":true},` +
        '{"id":"b","planned":true,"steps":[{"id":"s","text":"s","done":true}]}]}',
    );
    assert.match(toText(FULL, 1), /^\{\n "format"/u);
  });

  for (const [name, text, words] of /** @type {const} */ ([
    ["an empty text", " \n", "It is empty."],
    ["no JSON", "<script>alert(1)</script>", "cannot be read"],
    ["half a plan", toText(FULL).slice(0, -9), "cannot be read"],
    ["other JSON", "null", "not a plan"],
    ["deep nesting", "[".repeat(200_000), "cannot be read"],
    ["a large text", JSON.stringify("x".repeat(1_000_001)), "much larger"],
  ])) {
    it(`refuses ${name}`, () => {
      assert.throws(() => fromText(text), says(words));
    });
  }
});

describe("a plan as a link", () => {
  it("is short, also for a large plan", async () => {
    const steps = Array.from({ length: 20 }, (_, at) => step(`s-${at}`, { note: `Note ${at}` }));
    const large = plan(...Array.from({ length: 15 }, (_, at) => action(`a-${at}`, { owner: "Ana", steps })));
    const link = await toFragment(large);
    assert.ok(link.length < 4000);
    assert.deepEqual(await fromFragment(link), large);
  });

  it("of version 1 is read, whatever it is packed in", async () => {
    const old = `{"format":"smart-guide-plan","version":1,"id":"${PLAN_ID}","actions":[{"id":"a","planned":true,"owner":"Ana"}]}`;
    const expected = plan(action("a", { owner: "Ana" }));
    assert.deepEqual(await fromFragment(fragment(old)), expected);
    assert.deepEqual(await fromFragment(fragment(old, "j")), expected);
  });

  it("is refused for a plan that is too long for a link", async () => {
    const steps = Array.from({ length: 20 }, (_, at) => step(`s-${at}`, { note: "x".repeat(9000) }));
    await assert.rejects(toFragment(plan(action("a", { steps })), false), says("too long for a link"));
  });

  it("says by its form whether it is compressed", async () => {
    assert.match(await toFragment(FULL), /^#plan=2\.d\.[\w-]+$/u);
    assert.match(await toFragment(FULL, false), /^#plan=2\.j\.[\w-]+$/u);
    assert.equal(isPlanFragment(await toFragment(FULL)), true);
    assert.equal(isPlanFragment("#your-plan"), false);
  });

  for (const behind of [
    ").",
    "?",
    "?utm_source=mail&utm_medium=x",
    "&fbclid=IwAR2.-_~",
    "?x=1).",
    "%3E",
    "”",
    "…",
    "*",
    "%20",
    "/",
  ]) {
    it(`is read with what was put behind it on the way: ${behind}`, async () => {
      assert.deepEqual(await fromFragment(`${GOOD}${behind}`), FULL);
    });
  }

  for (const [name, link, words] of /** @type {const} */ ([
    ["nothing", "#plan=", BROKEN],
    ["an unknown packing", "#plan=1.x.AAAA", BROKEN],
    ["what is not base64", "#plan=1.d.A", BROKEN],
    ["markup", "#plan=<img src=x onerror=alert(1)>", BROKEN],
    ["percent signs", "#plan=1.d.%E0%A4%A", BROKEN],
    ["a link that was cut", GOOD.slice(0, -12), BROKEN],
    ["a compressed plan that is called plain", GOOD.replace(".d.", ".j."), BROKEN],
    ["what is not UTF-8", fragment(new Uint8Array([255, 254, 253]), "j"), BROKEN],
    ["another version", fragment(toText(FULL), "d", 3), "another version"],
    ["a decompression bomb", fragment(" ".repeat(50_000_000)), "much larger than a plan"],
    [
      "a decompression bomb of JSON",
      fragment(toText(plan(action("a", { title: "x".repeat(999_000) })))),
      "“title” has 999000",
    ],
    ["a long link", `#plan=1.j.${"A".repeat(100_001)}`, "much longer"],
    ["something else than a plan", fragment("{}"), "not a plan"],
  ])) {
    it(`is refused: ${name}`, async () => {
      await assert.rejects(fromFragment(link), says(words));
    });
  }
});

describe("a browser without compression", () => {
  const names = /** @type {const} */ (["CompressionStream", "DecompressionStream"]);
  const real = names.map((name) => globalThis[name]);
  afterEach(() => {
    for (const [index, name] of names.entries()) Reflect.set(globalThis, name, real[index]);
  });

  // Some browsers have no such streams, some have them with other formats only.
  for (const [name, none] of /** @type {const} */ ([
    ["no streams", undefined],
    [
      "streams of other formats",
      class {
        constructor() {
          throw new TypeError("Unsupported format");
        }
      },
    ],
  ])) {
    it(`makes a plain link: ${name}`, async () => {
      Reflect.set(globalThis, "CompressionStream", none);
      assert.match(await toFragment(FULL), /^#plan=2\.j\./u);
      assert.deepEqual(await fromFragment(await toFragment(FULL)), FULL);
    });

    it(`says that it is too old for a compressed one: ${name}`, async () => {
      Reflect.set(globalThis, "DecompressionStream", none);
      await assert.rejects(fromFragment(GOOD), says("too old to open it"));
    });
  }
});

describe("properties", () => {
  it("a plan comes through file and link unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (one) => {
        assert.deepEqual(fromText(toText(one, 2)), one);
        assert.deepEqual(await fromFragment(await toFragment(one)), one);
        assert.deepEqual(await fromFragment(await toFragment(one, false)), one);
      }),
    );
  });

  it("a text is a plan, or it is refused in words", () => {
    const texts = fc.oneof(fc.string({ unit: "binary" }), fc.json(), spoiledFiles);
    fc.assert(
      fc.property(texts, (text) => {
        assert.deepEqual(
          outcome(() => fromText(toText(fromText(text)))),
          outcome(() => fromText(text)),
        );
      }),
    );
  });

  it("a link is a plan, or it is refused in words", async () => {
    const cut = fc
      .tuple(files, fc.nat(200), fc.stringMatching(/^[A-Za-z_.=%-]{0,5}$/u))
      .map(([file, at, more]) => fragment(JSON.stringify(file)).slice(0, at) + more);
    const packed = fc
      .tuple(fc.oneof(fc.uint8Array({ maxLength: 80 }), spoiledFiles), fc.constantFrom("d", "j"), fc.nat(2))
      .map(([content, packing, version]) => fragment(content, packing, version));
    const links = fc.oneof(
      fc.string({ unit: "binary" }).map((text) => `#plan=${text}`),
      packed,
      cut,
    );
    await fc.assert(
      fc.asyncProperty(links, async (link) => {
        const again = async () => fromFragment(await toFragment(await fromFragment(link)));
        assert.deepEqual(await settled(again), await settled(() => fromFragment(link)));
      }),
    );
  });
});
