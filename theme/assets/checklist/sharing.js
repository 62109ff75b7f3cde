/** The plan itself as text: for the browser's storage, for a file, and for the fragment of a link. Pure. */

import { FORMAT, LIMITS, PlanError, VERSION, checked } from "./checking.js";

const PREFIX = "#plan=";
const LINK = /^#plan=(\d{1,3})\.([dj])\.([A-Za-z0-9_-]+)$/;
const BROKEN = "A part of it is missing or was changed on the way. Ask for the link again, or for the plan as a file.";

/** Return a plan as JSON; what is empty is left out. `indent` is for people who look into a file. */
export function toText(plan, indent = 0) {
  const actions = plan.actions.map(({ id, title, planned, owner, due, steps }) => ({
    id,
    ...filled({ title }),
    planned,
    ...filled({ owner, due }),
    ...(steps.length && {
      steps: steps.map(({ id: stepId, text, done, note }) => ({
        id: stepId,
        ...filled({ text }),
        done,
        ...filled({ note }),
      })),
    }),
  }));
  return JSON.stringify({ format: FORMAT, version: VERSION, id: plan.id, actions }, null, indent);
}

/** Return the plan that a text holds. Throws a PlanError that says what is wrong. */
export function fromText(text) {
  if (text.length > LIMITS.characters) throw new PlanError("It is much larger than a plan can be.");
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new PlanError(text.trim() ? "It is not a plan, or only a part of one: it cannot be read." : "It is empty.");
  }
  return checked(data);
}

/** Return the fragment of a link that holds the whole plan. Throws a PlanError if the plan is too long for a link. */
export async function toFragment(plan, compress = packs("CompressionStream")) {
  const bytes = new TextEncoder().encode(toText(plan));
  const packed = compress
    ? await drained(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")), Infinity)
    : bytes;
  const fragment = `${PREFIX}${VERSION}.${compress ? "d" : "j"}.${toBase64(packed)}`;
  if (fragment.length > LIMITS.link)
    throw new PlanError("The plan is too long for a link. Save it to a file and send that.");
  return fragment;
}

/** Return whether a fragment is meant to hold a plan. */
export function isPlanFragment(fragment) {
  return fragment.startsWith(PREFIX);
}

/** Return the plan that a fragment holds. Throws a PlanError that says what is wrong. */
export async function fromFragment(fragment) {
  if (fragment.length > LIMITS.link) throw new PlanError("It is much longer than the link of a plan can be.");
  // Mail programs like to take the full stop or bracket behind a link for a part of it.
  const found = LINK.exec(fragment.replace(/[.,;:!?)\]>]+$/, ""));
  if (!found) throw new PlanError(BROKEN);
  const [, version, packing, encoded] = found;
  if (Number(version) !== VERSION)
    throw new PlanError("It was made by another version of the guide. Reload this page, then open the link again.");
  if (packing === "d" && !packs("DecompressionStream")) {
    throw new PlanError("This browser is too old to open it. Ask for the plan as a file, or update the browser.");
  }
  let text;
  try {
    const bytes = fromBase64(encoded);
    const plain =
      packing === "d"
        ? await drained(
            new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")),
            LIMITS.characters,
          )
        : bytes;
    text = new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch (error) {
    if (error instanceof PlanError) throw error;
    throw new PlanError(BROKEN);
  }
  return fromText(text);
}

/** Return whether this browser has a kind of stream, and in it the packing that a link uses (some had only others). */
function packs(kind) {
  try {
    return Boolean(new globalThis[kind]("deflate-raw"));
  } catch {
    return false;
  }
}

/** Read a stream to its end, but no further than `limit` bytes: a few bytes can unpack to gigabytes. */
async function drained(stream, limit) {
  const reader = stream.getReader();
  const chunks = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > limit) {
      reader.cancel().catch(() => {}); // whatever the rest is, nobody wants it
      throw new PlanError("It holds much more than a plan can be.");
    }
    chunks.push(next.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function toBase64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

function filled(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value));
}
