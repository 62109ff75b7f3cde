/**
 * A plan from outside (a file, a link, what the browser kept) is data until `checked` has read it.
 *
 * Only what a plan may hold comes through, copied key by key into fresh objects; everything else is refused with a
 * sentence that says what is wrong. Ids are lower-case words joined by "-", so no id can be a name that JavaScript
 * gives a meaning to (such as `__proto__`).
 */

export const FORMAT = "smart-guide-plan";
export const VERSION = 1;

/** How much a plan may hold. What a person types is limited further (`typed`), so that two plans can be merged. */
export const LIMITS = Object.freeze({
  characters: 1_000_000,
  link: 100_000,
  actions: 300,
  steps: 300,
  id: 100,
  title: 300,
  text: 600,
  owner: 120,
  note: 10_000,
  typed: 2_000,
});

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const PLAN_ID = /^[0-9a-f]{32}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
// Control characters that get in by pasting (Word's vertical tab, for one); line breaks and tabs stay.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/g;

/** What is wrong with a plan, in words for the person who opened it. */
export class PlanError extends Error {}

/** Return a text of several lines without control characters, with one kind of line break, not longer than `longest`. */
export function lines(text, longest) {
  return wellFormed(text.replace(/\r\n?/g, "\n").replace(CONTROLS, "").slice(0, longest));
}

/** Return a text on one line. */
export function line(text, longest) {
  return wellFormed(text.replace(CONTROLS, " ").replace(/\s+/g, " ").trim().slice(0, longest).trim());
}

// Half of a surrogate pair cannot be written as UTF-8: it would be another text after a save and a load.
function wellFormed(text) {
  return text.toWellFormed ? text.toWellFormed() : text;
}

/** Return whether a text is a day that exists, written YYYY-MM-DD, in a year that a plan can mean. */
export function isDate(text) {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year < 3000 && date.getUTCMonth() === month - 1; // the 30th of February is in March
}

/** Return whether a text can be the id of an action or a step. */
export function isId(text) {
  return typeof text === "string" && text.length <= LIMITS.id && ID.test(text);
}

/** Return the plan that data from JSON hold. Throws a PlanError that says what is wrong. */
export function checked(data) {
  if (data === null || typeof data !== "object" || !Object.hasOwn(data, "format") || data.format !== FORMAT) {
    throw new PlanError("It is not a plan of the Smart Guide.");
  }
  if (data.version !== VERSION) {
    const newer = Number.isInteger(data.version) && data.version > VERSION;
    throw new PlanError(
      newer
        ? `It was made by a newer version of the guide (plan version ${data.version}; this page reads ${VERSION}). ` +
            "Reload this page, then try again."
        : "It does not say which version of a plan it is.",
    );
  }
  entries(data, "The plan", ["format", "version", "id", "actions"]);
  if (typeof data.id !== "string" || !PLAN_ID.test(data.id))
    throw new PlanError("The plan has no proper number of its own.");
  const actions = list(data, "actions", "The plan", LIMITS.actions, "actions").map(action);
  once(actions, (place) => `Action ${place}`);
  return { id: data.id, actions };
}

function action(data, index) {
  const name = `Action ${index + 1}`;
  entries(data, name, ["id", "title", "planned", "owner", "due", "steps"]);
  const due = string(data, "due", name, 10, line);
  if (due && !isDate(due)) throw new PlanError(`${name} has a date that does not exist: ${quoted(due)}.`);
  const steps = list(data, "steps", name, LIMITS.steps, "steps").map((one, place) =>
    step(one, `Step ${place + 1} of action ${index + 1}`),
  );
  once(steps, (place) => `Step ${place} of action ${index + 1}`);
  return {
    id: id(data, name),
    title: string(data, "title", name, LIMITS.title, line),
    planned: flag(data, "planned", name, true),
    owner: string(data, "owner", name, LIMITS.owner, line),
    due,
    steps,
  };
}

function step(data, name) {
  entries(data, name, ["id", "text", "done", "note"]);
  return {
    id: id(data, name),
    text: string(data, "text", name, LIMITS.text, line),
    done: flag(data, "done", name, false),
    note: string(data, "note", name, LIMITS.note, lines),
  };
}

function entries(data, name, allowed) {
  if (data === null || typeof data !== "object" || Array.isArray(data))
    throw new PlanError(`${name} is not written the way a plan is written.`);
  for (const key of Object.keys(data)) {
    if (!allowed.includes(key)) throw new PlanError(`${name} has an entry ${quoted(key)} that a plan does not have.`);
  }
}

function list(data, key, name, most, what) {
  if (!Object.hasOwn(data, key)) return [];
  if (!Array.isArray(data[key])) throw new PlanError(`${name} has no proper list of ${what}.`);
  if (data[key].length > most)
    throw new PlanError(`${name} has ${data[key].length} ${what}; a plan has room for ${most}.`);
  return data[key];
}

function string(data, key, name, longest, clean) {
  if (!Object.hasOwn(data, key)) return "";
  if (typeof data[key] !== "string") throw new PlanError(`${name} has a ${key} that is not text.`);
  if (data[key].length > longest)
    throw new PlanError(`${name} has a ${key} of ${data[key].length} characters; a plan has room for ${longest}.`);
  return clean(data[key], longest);
}

function flag(data, key, name, otherwise) {
  if (!Object.hasOwn(data, key)) return otherwise;
  if (typeof data[key] !== "boolean") throw new PlanError(`${name} says neither yes nor no under ${quoted(key)}.`);
  return data[key];
}

function id(data, name) {
  if (!Object.hasOwn(data, "id") || !isId(data.id))
    throw new PlanError(`${name} has a name that the guide cannot have given it: ${quoted(data.id)}.`);
  return data.id;
}

function once(all, name) {
  const seen = new Set();
  all.forEach((one, index) => {
    if (seen.has(one.id)) throw new PlanError(`${name(index + 1)} is in the plan twice.`);
    seen.add(one.id);
  });
}

/** Return whatever stood in the data, short enough for a sentence. */
function quoted(value) {
  const text = line(typeof value === "string" ? value : String(JSON.stringify(value) ?? "nothing"), 200);
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}
