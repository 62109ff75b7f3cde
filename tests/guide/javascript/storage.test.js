/** The plan in a browser's storage: with other tabs, with a storage that fails, and while somebody types. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { LIMITS, PlanError } from "../../../theme/assets/checklist/checking.js";
import { isAlive, speaks } from "../../../theme/assets/checklist/fields.js";
import { currentPlan, showing, withNew } from "../../../theme/assets/checklist/library.js";
import { readLibrary } from "../../../theme/assets/checklist/reading.js";
import { add, assign, note, remove, tick } from "../../../theme/assets/checklist/state.js";
import { newId, Store } from "../../../theme/assets/checklist/storage.js";
import { libraryData } from "../../../theme/assets/checklist/writing.js";
import { action, ids, PLAN_ID, plan, step, timeless } from "./plans.js";

/** @import { Plan } from "../../../types/checklist.d.ts" */

const KEY = "smart-guide:plans:v2";
const OLD_KEY = "smart-guide:plan:v1";
const PAUSE = 400;
const PLACE = { action: { id: "a", title: "A" }, step: { id: "s", text: "S" } };
const FULL = new DOMException("", "QuotaExceededError");
const FORBIDDEN = new DOMException("", "SecurityError");

/** What the storage holds, how often it was written, and how it fails. */
let texts = new Map();
let writes = 0;
/** @type {Error | null} */
let failure = null;

// Keys of a real storage are its properties, so Object.keys lists them.
const area = new Proxy(
  {
    length: 0,
    key: () => null,
    clear: () => texts.clear(),
    getItem: (/** @type {string} */ key) => texts.get(key) ?? null,
    removeItem: (/** @type {string} */ key) => texts.delete(key),
    setItem(/** @type {string} */ key, /** @type {string} */ text) {
      if (failure) throw failure;
      writes += 1;
      texts.set(key, text);
    },
  },
  {
    ownKeys: () => [...texts.keys()],
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
  },
);

const open = (base = "/") => new Store(() => area, base);
const kept = () => readLibrary(JSON.parse(texts.get(KEY)));
const saved = () => timeless(currentPlan(kept()));
const shown = (/** @type {Store} */ store) => timeless(store.plan);
const savedNote = () => saved().actions.find(({ id }) => id === "a")?.steps[0]?.note;

/**
 * Put a plan into the storage, as another tab does.
 * @param {Plan} one
 */
function keep(one) {
  const library = { browser: "0123456789ab", current: one.id, saved: 1, copied: {}, plans: [one] };
  texts.set(KEY, JSON.stringify(libraryData(library)));
}

/**
 * Return a plan as version 1 wrote it.
 * @param {...object} actions
 */
function oldText(...actions) {
  return JSON.stringify({ format: "smart-guide-plan", version: 1, id: PLAN_ID, actions });
}

/**
 * Type a note, as its field does.
 * @param {Store} store
 * @param {string} text
 */
function type(store, text) {
  store.updateSoon("note", (now, since) => note(now, PLACE, text, since));
}

/**
 * Type an owner, as its field does.
 * @param {Store} store
 * @param {string} owner
 */
function typeOwner(store, owner) {
  store.updateSoon("owner", (now) => assign(now, "b", { owner }));
}

beforeEach(() => {
  texts = new Map();
  writes = 0;
  failure = null;
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

describe("a change", () => {
  it("is saved and told at once", () => {
    const store = open();
    /** @type {string[][]} */
    const told = [];
    store.onChange((now) => told.push(ids(now)));
    const before = store.update((now) => add(now, [PLACE.action]));
    assert.deepEqual(ids(currentPlan(before)), []);
    assert.deepEqual(told, [[], ["a"]]);
    assert.deepEqual(saved(), shown(store));
    assert.deepEqual(open().plan, store.plan);
  });

  it("is made on what another tab has saved", () => {
    const [here, there] = [open(), open()];
    there.update((now) => add(now, [{ id: "there", title: "" }]));
    here.update((now) => add(now, [{ id: "here", title: "" }]));
    assert.deepEqual(ids(saved()), ["there", "here"]);
  });

  it("that changes nothing writes nothing", () => {
    const store = open();
    store.update((now) => now);
    assert.equal(writes, 0);
  });

  it("that is not possible leaves everything as it was", () => {
    const store = open();
    store.update((now) => add(now, [PLACE.action]));
    const before = store.plan;
    assert.throws(() =>
      store.update(() => {
        throw new PlanError("No.");
      }),
    );
    assert.equal(store.plan, before);
    assert.equal(writes, 1);
  });
});

describe("a text that is typed", () => {
  it("is in the plan at once, and saved after a pause, once", () => {
    const store = open();
    for (const text of ["W", "Wr", "Wri"]) {
      type(store, text);
      mock.timers.tick(PAUSE - 1);
      assert.equal(store.plan.actions[0]?.steps[0]?.note, text);
      assert.equal(writes, 0);
    }
    mock.timers.tick(1);
    assert.equal(savedNote(), "Wri");
    assert.equal(writes, 1);
    mock.timers.tick(10 * PAUSE);
    assert.equal(writes, 1);
  });

  it("is saved without a pause when it must be", () => {
    const store = open();
    type(store, "Now");
    store.flush();
    assert.equal(savedNote(), "Now");
    store.flush();
    mock.timers.tick(PAUSE);
    assert.equal(writes, 1);
  });

  it("is saved together with the next change, and is part of the plan before it", () => {
    const store = open();
    type(store, "Note");
    const before = store.update((now) => add(now, [{ id: "b", title: "" }]));
    assert.equal(currentPlan(before).actions[0]?.steps[0]?.note, "Note");
    assert.equal(savedNote(), "Note");
    mock.timers.tick(PAUSE);
    assert.equal(writes, 1);
  });

  it("is saved by a change that changes nothing, too", () => {
    const store = open();
    type(store, "Note");
    store.update((now) => now);
    assert.equal(savedNote(), "Note");
  });

  it("does not undo what another tab saved in the meantime", () => {
    const [here, there] = [open(), open()];
    type(here, "Mine");
    there.update((now) => tick(now, { action: PLACE.action, step: { id: "t", text: "T" } }, true));
    there.update((now) => tick(now, { action: PLACE.action, step: { id: "t", text: "T" } }, false));
    there.update((now) => add(now, [{ id: "b", title: "" }]));
    mock.timers.tick(PAUSE);
    assert.deepEqual(ids(saved()).sort(), ["a", "b"]);
    assert.deepEqual(
      saved()
        .actions.find(({ id }) => id === "a")
        ?.steps.filter(speaks),
      [step("s", { text: "S", done: false, note: "Mine" })],
    );
  });

  it("is kept together with what another tab wrote into the same note", () => {
    const here = open();
    here.update((now) => note(now, PLACE, "Old"));
    const there = open();
    type(here, "Mi");
    type(there, "Theirs");
    type(here, "Mine");
    there.flush();
    here.flush();
    assert.equal(savedNote(), "Mine\n\nTheirs");
    type(here, "Mine\n\nTheirs!");
    here.flush();
    assert.equal(savedNote(), "Mine\n\nTheirs!");
  });

  it("is kept together with it, too, when a change in between is not possible", () => {
    const [here, there] = [open(), open()];
    type(here, "Mi");
    type(there, "Theirs");
    there.flush();
    assert.throws(() =>
      here.update(() => {
        throw new PlanError("No.");
      }),
    );
    type(here, "Mine");
    here.flush();
    assert.equal(savedNote(), "Mine\n\nTheirs");
  });

  it("waits beside a text in another field", () => {
    keep(plan(action("b")));
    const store = open();
    type(store, "Note");
    typeOwner(store, "Ana");
    type(store, "Note 2");
    mock.timers.tick(PAUSE);
    assert.equal(savedNote(), "Note 2");
    assert.equal(saved().actions[0]?.owner, "Ana");
    assert.equal(writes, 1);
  });

  it("that is not possible leaves the one before", () => {
    const store = open();
    type(store, "Good");
    assert.throws(() =>
      store.updateSoon("note", () => {
        throw new PlanError("No.");
      }),
    );
    assert.throws(() =>
      store.updateSoon("other", () => {
        throw new PlanError("No.");
      }),
    );
    type(store, "Good and better");
    store.flush();
    assert.equal(savedNote(), "Good and better");
  });

  it("stays when it does not fit together with what another tab saved", () => {
    const [here, there] = [open(), open()];
    type(here, "Mine");
    there.update((now) => ({
      ...now,
      actions: Array.from({ length: LIMITS.actions }, (_, at) => action(`x-${at}`)),
    }));
    here.flush();
    assert.equal(here.plan.actions[0]?.steps[0]?.note, "Mine");
    assert.equal(savedNote(), "Mine");
  });
});

describe("times", () => {
  const Morning = Date.UTC(2026, 10, 28, 8);
  const at = (/** @type {Store} */ store) => store.plan.actions[0]?.changed.planned?.at;
  beforeEach(() => {
    mock.timers.reset();
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: Morning });
  });

  it("are noted with each change, and when the plans were saved", () => {
    const store = open();
    store.update((now) => add(now, [PLACE.action]));
    assert.equal(at(store), Morning);
    assert.equal(kept().saved, Morning);
    assert.equal(store.plan.actions[0]?.changed.planned?.by, kept().browser);
  });

  it("of one browser only go forward, whatever its clock does", () => {
    const store = open();
    store.update((now) => add(now, [PLACE.action]));
    mock.timers.setTime(Morning - 3_600_000);
    store.update((now) => remove(now, "a"));
    assert.equal(at(store), Morning + 1);
  });

  it("stay as they were when a change is undone", () => {
    const store = open();
    store.update((now) => add(now, [PLACE.action]));
    const before = store.update((now) => assign(now, "a", { owner: "Ana" }));
    store.updateAll(() => before);
    assert.deepEqual(store.plan, currentPlan(before));
  });

  it("are by one browser in all tabs, and after a reload", () => {
    const [here, there] = [open(), open()];
    here.update((now) => add(now, [PLACE.action]));
    there.update((now) => assign(now, "a", { owner: "Ana" }));
    open().update((now) => assign(now, "a", { due: "2027-01-01" }));
    assert.deepEqual(Object.keys(currentPlan(kept()).seen), [here.library.browser]);
  });
});

describe("several plans", () => {
  const Other = { ...plan(action("x")), id: "f".repeat(32) };

  it("are kept, and changes go into the one that is shown", () => {
    const store = open();
    store.update((now) => add(now, [PLACE.action]));
    store.updateAll((all) => withNew(all, Other));
    store.update((now) => add(now, [{ id: "b", title: "B" }]));
    assert.deepEqual(
      kept().plans.map((one) => ids(one)),
      [["a"], ["x", "b"]],
    );
    assert.deepEqual(ids(open().plan), ["x", "b"]);
  });

  it("get what was typed in the one that was shown then", () => {
    keep(plan(action("b")));
    const [here, there] = [open(), open()];
    typeOwner(here, "Ana");
    there.updateAll((all) => withNew(all, Other));
    here.flush();
    assert.equal(kept().plans[0]?.actions[0]?.owner, "Ana");
    assert.deepEqual(ids(here.plan), ["x"]);
    here.updateAll((all) => showing(all, PLAN_ID));
    assert.equal(here.plan.actions[0]?.owner, "Ana");
  });
});

describe("the plan of version 1", () => {
  const Old = oldText({ id: "a", planned: true, owner: "Ana", steps: [{ id: "s", text: "S", done: true, note: "N" }] });

  it("is shown without writing anything, and taken over with the first change", () => {
    texts.set(OLD_KEY, Old);
    const store = open();
    const values = { owner: "Ana", steps: [step("s", { text: "S", note: "N" })] };
    assert.deepEqual(store.plan, plan(action("a", values)));
    assert.equal(writes, 0);
    store.update((now) => assign(now, "a", { due: "2027-01-01" }));
    assert.deepEqual([...texts.keys()], [KEY]);
    assert.deepEqual(saved(), plan(action("a", { ...values, due: "2027-01-01" })));
  });

  it("is merged when a tab with an older page saves one again", () => {
    texts.set(OLD_KEY, Old);
    open().update((now) => assign(now, "a", { owner: "Ben" }));
    texts.set(OLD_KEY, oldText({ id: "a", owner: "Ana" }, { id: "b", planned: true }));
    const store = open();
    assert.deepEqual(ids(store.plan), ["a", "b"]);
    assert.equal(store.plan.actions[0]?.owner, "Ben");
    store.update((now) => assign(now, "b", { owner: "Kim" }));
    assert.equal(texts.has(OLD_KEY), false);
  });

  it("is put aside where it cannot be read", () => {
    texts.set(OLD_KEY, "rubbish");
    assert.equal(open().unreadable()[0]?.text, "rubbish");
    assert.equal(texts.has(OLD_KEY), false);
    assert.equal(open().unreadable().length, 1);
  });
});

describe("two sites on one host", () => {
  it("have two plans", () => {
    const [here, there] = [open("/a/"), open("/b/")];
    here.update((now) => add(now, [{ id: "here", title: "" }]));
    there.update((now) => add(now, [{ id: "there", title: "" }]));
    assert.deepEqual([ids(open("/a/").plan), ids(open("/b/").plan), ids(open().plan)], [["here"], ["there"], []]);
  });

  it("each begin with the plan that they had together", () => {
    texts.set(OLD_KEY, oldText({ id: "a" }));
    open("/a/").update((now) => add(now, [{ id: "new", title: "" }]));
    open("/b/").update((now) => remove(now, "a"));
    const alive = (/** @type {string} */ base) => ids({ ...plan(), actions: open(base).plan.actions.filter(isAlive) });
    assert.deepEqual([alive("/a/"), alive("/b/"), alive("/")], [["a", "new"], [], ["a"]]);
  });

  it("do not bring back what could not be read and was deleted", () => {
    texts.set(`${OLD_KEY}:/a/`, "{ precious");
    const store = open("/a/");
    const [found] = store.unreadable();
    assert.equal(found?.text, "{ precious");
    store.deleteUnreadable(found?.key ?? "");
    assert.deepEqual(open("/a/").unreadable(), []);
  });

  it("show what was put aside when they had one plan together", () => {
    texts.set(`${OLD_KEY}:unreadable:1`, "{ precious");
    assert.equal(open("/a/").unreadable().length, 1);
  });

  it("do not show what the other one put aside", () => {
    texts.set(`${KEY}:/a/`, "{ precious");
    assert.equal(open("/a/").unreadable().length, 1);
    assert.equal(open("/b/").unreadable().length, 0);
    assert.equal(open().unreadable().length, 0);
  });
});

describe("a storage that fails", () => {
  it("does not stop the page, and says why", () => {
    failure = FULL;
    const store = open();
    type(store, "Note");
    store.flush();
    assert.match(store.problem, /no room left/u);
    assert.equal(store.plan.actions[0]?.steps[0]?.note, "Note");
    failure = FORBIDDEN;
    store.update((now) => add(now, [PLACE.action]));
    assert.match(store.problem, /does not allow the page to save anything/u);
    failure = null;
    store.update((now) => assign(now, "a", { owner: "Ana" }));
    assert.equal(store.problem, "");
    assert.deepEqual(saved(), shown(store));
  });

  it("may be forbidden from the start", () => {
    const store = new Store(() => {
      throw FORBIDDEN;
    });
    assert.match(store.problem, /does not allow the page to save anything/u);
    store.update((now) => add(now, [PLACE.action]));
    assert.deepEqual(ids(store.plan), ["a"]);
    assert.deepEqual(store.unreadable(), []);
  });

  it("loses nothing when another tab can save again", () => {
    const [here, there] = [open(), open()];
    failure = FULL;
    here.update((now) => add(now, [{ id: "here", title: "" }]));
    assert.match(here.problem, /no room left/u);
    failure = null;
    there.update((now) => add(now, [{ id: "there", title: "" }]));
    here.update((now) => assign(now, "here", { owner: "Ana" }));
    assert.equal(here.problem, "");
    assert.deepEqual(ids(saved()), ["here", "there"]);
    assert.equal(kept().plans.length, 1);
  });

  it("gets no plan that is too large to be read again", () => {
    const note9 = "x".repeat(9000);
    const large = plan(
      action("a", { steps: Array.from({ length: 120 }, (_, at) => step(`s-${at}`, { note: note9 })) }),
    );
    const store = open();
    store.update((now) => ({ ...now, actions: large.actions }));
    assert.match(store.problem, /too large to be saved/u);
    assert.equal(writes, 0);
  });

  it("is told of by a bug as it is", () => {
    const bug = () => {
      throw new TypeError("a bug");
    };
    assert.throws(() => open().update(bug), TypeError);
    assert.throws(() => open().updateSoon("note", bug), TypeError);
  });
});

describe("what cannot be read", () => {
  it("is put aside with its reason, and can be deleted", () => {
    texts.set(KEY, "rubbish");
    const store = open();
    assert.deepEqual(saved().actions, []);
    const [found, ...others] = store.unreadable();
    assert.ok(found);
    assert.deepEqual(others, []);
    assert.equal(found.text, "rubbish");
    assert.match(found.reason, /cannot be read/u);
    store.deleteUnreadable(found.key);
    assert.deepEqual(store.unreadable(), []);
  });

  it("does not replace the plan that the page shows", () => {
    const store = open();
    type(store, "Mine");
    texts.set(KEY, "rubbish");
    store.flush();
    assert.equal(savedNote(), "Mine");
    texts.set(KEY, "more rubbish");
    store.update((now) => now);
    assert.equal(savedNote(), "Mine");
    assert.equal(store.unreadable().length, 2);
  });

  it("is left alone where it cannot be put aside", () => {
    texts.set(KEY, "precious");
    failure = FULL;
    const store = open();
    failure = null;
    assert.match(store.problem, /is left unchanged/u);
    store.update((now) => add(now, [PLACE.action]));
    type(store, "Note");
    store.flush();
    assert.equal(texts.get(KEY), "precious");
    assert.equal(store.plan.actions[0]?.steps[0]?.note, "Note");
  });
});

describe("renamed actions", () => {
  const current = new Map([["old", "a"]]);

  it("are followed, also in what other tabs save, and while a text waits", () => {
    keep(plan(action("old", { owner: "Ana" })));
    const store = open();
    type(store, "Note");
    store.follow(current);
    assert.deepEqual(ids(store.plan), ["a"]);
    assert.equal(store.plan.actions[0]?.owner, "Ana");
    assert.equal(store.plan.actions[0]?.steps[0]?.note, "Note");
    keep(plan(action("x"), action("old", { owner: "Ben" })));
    store.flush();
    assert.deepEqual(ids(saved()), ["x", "a"]);
    assert.equal(saved().actions[1]?.owner, "Ben");
    assert.equal(savedNote(), "Note");
  });
});

it("gives each plan a number of its own", () => {
  assert.match(newId(), /^[0-9a-f]{32}$/u);
  assert.notEqual(newId(), newId());
});
