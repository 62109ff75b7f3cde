/** The codec of a plan: as JSON for the browser's storage and for a file, and as the fragment of a link. Pure. */

/** @import { Plan } from "../../../types/checklist.d.ts" */

import { LIMITS, PlanError } from "./checking.js";
import { readPlan, VERSION } from "./reading.js";
import { planData } from "./writing.js";

const PREFIX = "#plan=";
const LINK = /^#plan=(\d{1,3})\.([dj])\.([A-Za-z0-9_-]+)/u;
const BROKEN = "A part of it is missing or was changed on the way. Ask for the link again, or for the plan as a file.";

/**
 * Return a plan as JSON; what is empty is left out. `indent` is for people who look into a file.
 * @param {Plan} plan
 * @param {number} indent
 */
export function toText(plan, indent = 0) {
  return JSON.stringify(planData(plan), null, indent);
}

/**
 * Return the plan that a text holds. Throws a PlanError that says what is wrong.
 * @param {string} text
 */
export function fromText(text) {
  return readPlan(parsed(text));
}

/**
 * Return the data that a text holds as JSON. Throws a PlanError if it holds none.
 * @param {string} text
 * @returns {unknown}
 */
export function parsed(text) {
  if (text.length > LIMITS.characters) throw new PlanError("It is much larger than a plan can be.");
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = text.trim() ? "It is not a plan, or only a part of one: it cannot be read." : "It is empty.";
    throw new PlanError(why, { cause });
  }
}

/**
 * Return the fragment of a link that holds the whole plan. Throws a PlanError if the plan is too long for a link.
 * @param {Plan} plan
 * @param {boolean} compress
 */
export async function toFragment(plan, compress = canCompress()) {
  const bytes = new TextEncoder().encode(toText(plan));
  const packed = compress
    ? await readAll(stream(bytes).pipeThrough(new CompressionStream("deflate-raw")), Number.POSITIVE_INFINITY)
    : bytes;
  const fragment = `${PREFIX}${VERSION}.${compress ? "d" : "j"}.${toBase64(packed)}`;
  if (fragment.length > LIMITS.link)
    throw new PlanError("The plan is too long for a link. Save it to a file and send that.");
  return fragment;
}

/**
 * Return whether a fragment is meant to hold a plan.
 * @param {string} fragment
 */
export function isPlanFragment(fragment) {
  return fragment.startsWith(PREFIX);
}

/**
 * Return the plan that a fragment holds. Throws a PlanError that says what is wrong.
 * @param {string} fragment
 */
export async function fromFragment(fragment) {
  if (fragment.length > LIMITS.link) throw new PlanError("It is much longer than a link to a plan can be.");
  // What comes behind it is not of the plan: a full stop or bracket of the text around, what a newsletter has added.
  const [, version, packing, encoded] = LINK.exec(fragment) ?? [];
  if (encoded === undefined) throw new PlanError(BROKEN);
  if (Number(version) < 1 || Number(version) > VERSION)
    throw new PlanError("It was made by another version of the guide. Reload this page, then open the link again.");
  if (packing === "d" && !canDecompress())
    throw new PlanError("This browser is too old to open it. Ask for the plan as a file, or update the browser.");
  let text;
  try {
    const bytes = fromBase64(encoded);
    const plain =
      packing === "d"
        ? await readAll(stream(bytes).pipeThrough(new DecompressionStream("deflate-raw")), LIMITS.characters)
        : bytes;
    text = new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch (cause) {
    throw cause instanceof PlanError ? cause : new PlanError(BROKEN, { cause });
  }
  return fromText(text);
}

/** Return whether this browser can compress in the format of a link; some knew other formats first. */
function canCompress() {
  try {
    return Boolean(new CompressionStream("deflate-raw"));
  } catch {
    return false;
  }
}

/** Return whether this browser can decompress the format of a link. */
function canDecompress() {
  try {
    return Boolean(new DecompressionStream("deflate-raw"));
  } catch {
    return false;
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function stream(bytes) {
  return new Blob([bytes]).stream();
}

/**
 * Read a stream to its end. Throws a PlanError as soon as it is more than `limit` bytes: a few bytes can decompress to gigabytes.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} source
 * @param {number} limit
 */
async function readAll(source, limit) {
  const reader = source.getReader();
  const chunks = [];
  let size = 0;
  while (true) {
    // biome-ignore lint/performance/noAwaitInLoops: a chunk comes after the one before it
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => undefined); // an error in the rest does not matter: it is not read
      throw new PlanError("It is much larger than a plan can be.");
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let binary = "";
  // In parts: a function takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x80_00) binary += String.fromCharCode(...bytes.subarray(at, at + 0x80_00));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}
