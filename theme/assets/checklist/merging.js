/**
 * Merges two plans value by value, so that nothing of either is lost. Pure.
 *
 * A plan says until when it holds the changes of each browser (`seen`). So of two different values it is known whether one
 * side knew the value of the other when it changed it: then the newer one is taken, whatever the clocks said. If neither
 * knew the other's, both changed it, and the later one is taken by the clocks of the browsers, unless a person chooses.
 */

/** @import { Action, Choice, Difference, Plan, Stamp, Stamps, Step } from "../../../types/checklist.d.ts" */
/** @import { Field } from "./fields.js" */

import { ACTION_FIELDS, blankAction, blankStep, commonOrder, emptiedStep, PLAN_FIELDS, STEP_FIELDS } from "./fields.js";
import { joined, limited } from "./state.js";

/** @typedef {Readonly<Record<string, number>>} Seen */
/** @typedef {{ mine: Seen, theirs: Seen }} Both what each of two plans has seen */
/** @typedef {{ value: string, stamp: Stamp | undefined }} Timed a value, and when it was changed */
/** @typedef {ReadonlyMap<string, Choice>} Choices by the key of a difference; the others are taken as `pick` says */

/**
 * Return the values that two plans have differently, without those that only mine has.
 * @param {Plan} mine
 * @param {Plan} theirs
 * @returns {Difference[]}
 */
export function differences(mine, theirs) {
  const both = { mine: mine.seen, theirs: theirs.seen };
  const known = new Map(mine.actions.map((one) => [one.id, one]));
  const order = differentOrder(mine, theirs);
  return [
    ...differing(PLAN_FIELDS, { mine, theirs, place: "plan" }, both),
    ...(order ? [order] : []),
    ...theirs.actions.flatMap((other) => {
      const one = known.get(other.id);
      if (one) return differentAction(one, other, both);
      if (!other.planned) return [];
      const [fresh] = differing(ACTION_FIELDS, { mine: blankAction(other), theirs: other, place: other.id }, both);
      return fresh ? [{ ...fresh, action: other }] : [];
    }),
  ];
}

/**
 * Merge two plans: what only one has is taken, and of different values the one that is chosen. Throws a PlanError if both
 * together are more than a plan may hold.
 * @param {Plan} mine
 * @param {Plan} theirs
 * @param {Stamp} stamp when and where the choice is made
 * @param {Choices} choices
 * @returns {Plan}
 */
export function merge(mine, theirs, stamp, choices = new Map()) {
  const all = differences(mine, theirs);
  const chosen = new Map(all.map((one) => [one.key, { ...one, choice: choices.get(one.key) ?? one.pick }]));
  const order = chosen.get("plan/order");
  const inOrder = order?.choice === "theirs" ? reordered(mine, order.theirs.split(" ")) : mine.actions;
  const others = new Map(theirs.actions.map((one) => [one.id, one]));
  const actions = inOrder.map((one) => {
    const other = others.get(one.id);
    others.delete(one.id);
    return other ? mergedAction(one, other, { chosen, stamp }) : one;
  });
  // One that is not wanted is kept as such: else it would be there again with the next version of their plan.
  const fresh = [...others.values()].map((one) =>
    chosen.get(`${one.id}/planned`)?.choice === "mine" ? { ...blankAction(one), changed: { planned: stamp } } : one,
  );
  const isTheirOrder = Boolean(theirs.changed.order) && order?.choice !== "mine";
  const fields = mergedFields(PLAN_FIELDS, { mine, theirs, place: "plan" }, { chosen, stamp });
  return limited({
    ...fields,
    actions: isTheirOrder ? inserted(actions, fresh, theirs) : [...actions, ...fresh],
    changed: { ...fields.changed, ...orderStamp(mine, theirs, order, stamp) },
    seen: united(united(mine.seen, theirs.seen), { [stamp.by]: stamp.at }),
  });
}

/**
 * Follow actions that the guide renamed: `current` leads from former ids to those of today. Of two ids of one action the
 * entries are merged.
 * @param {Plan} plan
 * @param {ReadonlyMap<string, string>} current
 * @returns {Plan}
 */
export function followed(plan, current) {
  if (!plan.actions.some((one) => !one.own && current.has(one.id))) return plan;
  const both = { mine: plan.seen, theirs: plan.seen };
  /** @type {Map<string, Action>} */
  const actions = new Map();
  for (const one of plan.actions) {
    const renamed = { ...one, id: (!one.own && current.get(one.id)) || one.id };
    const before = actions.get(renamed.id);
    const chosen = before ? differentAction(before, renamed, both).map((each) => ({ ...each, choice: each.pick })) : [];
    actions.set(
      renamed.id,
      before ? mergedAction(before, renamed, { chosen: new Map(chosen.map((each) => [each.key, each])) }) : renamed,
    );
  }
  return limited({ ...plan, actions: [...actions.values()] });
}

/** @typedef {ReadonlyMap<string, Difference & { choice: Choice }>} Chosen */
/** @typedef {{ chosen: Chosen, stamp?: Stamp }} Decision what was chosen, and when */
/**
 * @template One
 * @typedef {{ mine: One, theirs: One, place: string }} Pair two records, and where they stand in their plans
 */

/**
 * @param {Action} mine
 * @param {Action} theirs
 * @param {Both} both
 * @returns {Difference[]}
 */
function differentAction(mine, theirs, both) {
  const known = new Map(mine.steps.map((one) => [one.id, one]));
  const found = differing(ACTION_FIELDS, { mine, theirs, place: mine.id }, both);
  const removal = found.find(isRemoval);
  return [
    ...(removal ? [keptIfChanged(removal, { mine: within(mine), theirs: within(theirs) }, both)] : found).map(
      (one) => ({
        ...one,
        action: mine,
      }),
    ),
    ...theirs.steps.flatMap((other) => {
      const one = known.get(other.id) ?? blankStep({ ...other, text: other.own ? "" : other.text });
      const step = one.text ? one : other;
      const pair = { mine: one, theirs: other, place: `${mine.id}/${one.id}` };
      const inStep = differing(STEP_FIELDS, pair, both);
      const deletion = inStep.find(isDeletion);
      const asked = deletion ? [keptIfChanged(deletion, { mine: stamps(one), theirs: stamps(other) }, both)] : inStep;
      return asked.map((each) => ({ ...each, action: mine, step }));
    }),
  ];
}

/**
 * Return whether one side deleted a step of its own, which the other still has. All of the step goes by this difference.
 * @param {Difference} difference
 */
function isDeletion({ field, mine, theirs, mineStamp, theirsStamp }) {
  return field === "text" && ((mine === "" && Boolean(mineStamp)) || (theirs === "" && Boolean(theirsStamp)));
}

/**
 * Return whether one side took an action out of its plan, with its owner and date, which the other still has. All that the
 * action itself says goes by this difference.
 * @param {Difference} difference
 */
function isRemoval({ field, mine, mineStamp, theirsStamp }) {
  return field === "planned" && Boolean(mine ? theirsStamp : mineStamp);
}

/**
 * Return when the values of a step were changed.
 * @param {Step} step
 * @returns {(Stamp | undefined)[]}
 */
function stamps({ changed }) {
  return Object.values(changed);
}

/**
 * Return when what an action says was changed, but for whether it is in the plan.
 * @param {Action} action
 * @returns {(Stamp | undefined)[]}
 */
function within({ changed: { planned: _, ...changed }, steps }) {
  return [...Object.values(changed), ...steps.flatMap(stamps)];
}

/**
 * Return a deletion; what was deleted is kept, unless a person chooses, if the other side changed what the one that deleted
 * it did not know.
 * @param {Difference} deletion
 * @param {Pick<Record<"mine" | "theirs", (Stamp | undefined)[]>, "mine" | "theirs">} changes when each side changed it
 * @param {Both} both
 * @returns {Difference}
 */
function keptIfChanged(deletion, changes, both) {
  const side = deletion.mine ? "mine" : "theirs";
  const deleter = both[deletion.mine ? "theirs" : "mine"];
  const isNews = changes[side].some((stamp) => !knows(deleter, stamp));
  return isNews ? { ...deletion, by: "both", pick: side, kept: deletion.pick !== side } : deletion;
}

/**
 * @param {Plan} mine
 * @param {Plan} theirs
 * @returns {Difference | null}
 */
function differentOrder(mine, theirs) {
  const [one, other] = [commonOrder(mine, theirs), commonOrder(theirs, mine)];
  const { order: stamp } = theirs.changed;
  const { order: mineStamp } = mine.changed;
  // An order that nobody made is the order in which the actions were added: mine stays. So it does if both are of one change.
  if (one === other || !stamp || (stamp.at === mineStamp?.at && stamp.by === mineStamp.by)) return null;
  const found = weighed(
    { value: mineStamp ? one : "", stamp: mineStamp },
    { value: other, stamp },
    { mine: mine.seen, theirs: theirs.seen },
  );
  if (!found) return null;
  return {
    key: "plan/order",
    field: "order",
    mine: one,
    theirs: other,
    mineStamp,
    theirsStamp: stamp,
    ...found,
  };
}

/**
 * Return the values of two records that differ.
 * @template {string} Name
 * @template {{ readonly changed: Stamps<Name> }} One
 * @param {Readonly<{ [Key in Name]?: Field<One> }>} fields
 * @param {Pair<One>} pair
 * @param {Both} both
 * @returns {Difference[]}
 */
function differing(fields, { mine, theirs, place }, both) {
  return /** @type {Name[]} */ (Object.keys(fields)).flatMap((name) => {
    const read = fields[name]?.read ?? (() => "");
    const [one, other] = [read(mine), read(theirs)];
    const [mineStamp, theirsStamp] = [mine.changed[name], theirs.changed[name]];
    const found = weighed({ value: one, stamp: mineStamp }, { value: other, stamp: theirsStamp }, both);
    if (!found) return [];
    const pick = name === "note" && found.by === "both" && one && other ? "together" : found.pick;
    const field = /** @type {Difference["field"]} */ (/** @type {string} */ (name));
    return [{ key: `${place}/${name}`, field, mine: one, theirs: other, mineStamp, theirsStamp, by: found.by, pick }];
  });
}

/**
 * Return which of two values is newer, and which is taken unless a person chooses. Null where they are the same, or where
 * only mine was ever set.
 * @param {Timed} mine
 * @param {Timed} theirs
 * @param {Both} both
 * @returns {Pick<Difference, "by" | "pick"> | null}
 */
function weighed(mine, theirs, both) {
  if (mine.value === theirs.value || !isSet(theirs)) return null;
  if (!isSet(mine)) return { by: "theirs", pick: "theirs" };
  const theyKnew = knows(both.theirs, mine.stamp);
  const iKnew = knows(both.mine, theirs.stamp);
  if (theyKnew && !iKnew) return { by: "theirs", pick: "theirs" };
  if (iKnew && !theyKnew) return { by: "mine", pick: "mine" };
  if (!(mine.stamp && theirs.stamp)) return { by: "both", pick: mine.value ? "mine" : "theirs" };
  return { by: "both", pick: isLater(theirs.stamp, mine.stamp) ? "theirs" : "mine" };
}

/**
 * Return whether a value is there, or was once.
 * @param {Timed} timed
 */
function isSet({ value, stamp }) {
  return Boolean(stamp || value);
}

/**
 * Return whether a plan holds a change. One without a time was made before there were times.
 * @param {Seen} seen
 * @param {Stamp | undefined} stamp
 */
function knows(seen, stamp) {
  return !stamp || (Object.hasOwn(seen, stamp.by) && (seen[stamp.by] ?? 0) >= stamp.at);
}

/**
 * Return whether a change was later than another one; of two at the same time, the same one on every machine.
 * @param {Stamp} one
 * @param {Stamp} other
 */
function isLater(one, other) {
  return one.at === other.at ? one.by > other.by : one.at > other.at;
}

/**
 * @param {Action} mine
 * @param {Action} theirs
 * @param {Decision} decision
 * @returns {Action}
 */
function mergedAction(mine, theirs, decision) {
  const pair = { mine, theirs, place: mine.id };
  const removal = decision.chosen.get(`${mine.id}/planned`);
  const merged =
    removal && isRemoval(removal)
      ? keptOrRemoved(pair, { removal, stamp: decision.stamp })
      : mergedFields(ACTION_FIELDS, pair, decision);
  const others = new Map(theirs.steps.map((one) => [one.id, one]));
  /**
   * @param {Step} one
   * @param {Step} other
   * @returns {Step}
   */
  const both = (one, other) => {
    const deletion = decision.chosen.get(`${mine.id}/${one.id}/text`);
    if (deletion && isDeletion(deletion)) return keptOrDeleted(one, other, { deletion, stamp: decision.stamp });
    const step = mergedFields(STEP_FIELDS, { mine: one, theirs: other, place: `${mine.id}/${one.id}` }, decision);
    return step.own ? step : { ...step, text: one.text || other.text };
  };
  const steps = mine.steps.map((one) => {
    const other = others.get(one.id);
    others.delete(one.id);
    return other ? both(one, other) : one;
  });
  const fresh = [...others.values()].map((other) =>
    both(blankStep({ ...other, text: other.own ? "" : other.text }), other),
  );
  return { ...merged, title: merged.own ? merged.title : mine.title || theirs.title, steps: [...steps, ...fresh] };
}

/**
 * Return a step that one side deleted: as the other has it, or with nothing but its times.
 * @param {Step} mine
 * @param {Step} theirs
 * @param {{ deletion: Difference & { choice: Choice }, stamp: Stamp | undefined }} decision
 * @returns {Step}
 */
function keptOrDeleted(mine, theirs, { deletion, stamp }) {
  const whole = deletion.mine ? mine : theirs;
  const step = chosenValue(deletion) ? whole : emptiedStep(whole);
  const text = stampOf(deletion, stamp);
  return { ...step, changed: { ...step.changed, ...(text && { text }) } };
}

/**
 * Return my action, which one side took out of its plan, with all that the chosen side says of it. Against what is newer
 * it gets the time of the choice.
 * @param {Pair<Action>} pair
 * @param {{ removal: Difference & { choice: Choice }, stamp: Stamp | undefined }} decision
 * @returns {Action}
 */
function keptOrRemoved({ mine, theirs }, { removal, stamp }) {
  const side = removal.choice === "theirs" ? theirs : mine;
  const when = stampOf(removal, stamp);
  let merged = mine;
  const changed = { ...side.changed };
  for (const name of /** @type {import("../../../types/checklist.d.ts").ActionField[]} */ (
    Object.keys(ACTION_FIELDS)
  )) {
    const { read, write } = ACTION_FIELDS[name];
    if (when && when !== side.changed.planned && read(mine) !== read(theirs)) changed[name] = when;
    merged = write(merged, read(side));
  }
  return { ...merged, changed };
}

/**
 * Return my record with the values that were chosen. A value that is not the newer one is a change of its own: it gets the
 * time of the choice, so that it is taken by the others, too.
 * @template {string} Name
 * @template {{ readonly changed: Stamps<Name> }} One
 * @param {Readonly<{ [Key in Name]?: Field<One> }>} fields
 * @param {Pair<One>} pair
 * @param {Decision} decision
 * @returns {One}
 */
function mergedFields(fields, { mine, theirs, place }, { chosen, stamp }) {
  let merged = mine;
  /** @type {Partial<{ [Key in Name]: Stamp }>} */
  const changed = { ...mine.changed };
  for (const name of /** @type {Name[]} */ (Object.keys(fields))) {
    const field = fields[name];
    if (!field) continue;
    const found = chosen.get(`${place}/${name}`);
    const [mineStamp, theirsStamp] = [mine.changed[name], theirs.changed[name]];
    if (found) merged = field.write(merged, chosenValue(found));
    const kept = found
      ? stampOf(found, stamp)
      : laterOf(field.read(mine) === field.read(theirs), mineStamp, theirsStamp);
    if (kept) changed[name] = kept;
  }
  return { ...merged, changed };
}

/**
 * @param {boolean} same whether both have the same value
 * @param {Stamp | undefined} mine
 * @param {Stamp | undefined} theirs
 */
function laterOf(same, mine, theirs) {
  if (!(same && theirs)) return mine;
  return mine && !isLater(theirs, mine) ? mine : theirs;
}

/**
 * @param {Difference & { choice: Choice }} found
 * @returns {string}
 */
function chosenValue({ choice, mine, theirs, mineStamp, theirsStamp }) {
  if (choice === "mine") return mine;
  if (choice === "theirs") return theirs;
  // In the order of their times, so that two people who merge get the same note.
  const mineFirst = !(mineStamp && theirsStamp) || isLater(theirsStamp, mineStamp);
  return mineFirst ? joined(mine, theirs) : joined(theirs, mine);
}

/**
 * @param {Difference & { choice: Choice }} found
 * @param {Stamp} [stamp]
 */
function stampOf({ choice, pick, mineStamp, theirsStamp, kept = false }, stamp) {
  const own = choice === "theirs" ? theirsStamp : mineStamp;
  return choice === "together" || choice !== pick || kept ? (stamp ?? own) : own;
}

/**
 * Return the time of the order of the merged plan.
 * @param {Plan} mine
 * @param {Plan} theirs
 * @param {(Difference & { choice: Choice }) | undefined} order
 * @param {Stamp} stamp
 */
function orderStamp(mine, theirs, order, stamp) {
  const same = commonOrder(mine, theirs) === commonOrder(theirs, mine);
  const kept = order ? stampOf(order, stamp) : laterOf(same, mine.changed.order, theirs.changed.order);
  return kept ? { order: kept } : {};
}

/**
 * Return actions with those of another plan among them: each behind the one that it follows there.
 * @param {readonly Action[]} actions
 * @param {readonly Action[]} fresh
 * @param {Plan} theirs
 */
function inserted(actions, fresh, theirs) {
  const all = [...actions];
  const order = theirs.actions.map(({ id }) => id);
  for (const one of fresh) {
    const before = order.slice(0, order.indexOf(one.id)).reverse();
    const place = before.map((id) => all.findIndex((other) => other.id === id)).find((at) => at >= 0) ?? -1;
    all.splice(place + 1, 0, one);
  }
  return all;
}

/**
 * Return the actions of a plan, those with the given ids in the order of these.
 * @param {Plan} plan
 * @param {readonly string[]} ids
 */
function reordered(plan, ids) {
  const known = new Map(plan.actions.map((one) => [one.id, one]));
  const wanted = new Set(ids);
  const rest = ids.values();
  return plan.actions.map((one) => (wanted.has(one.id) ? (known.get(rest.next().value ?? "") ?? one) : one));
}

/**
 * @param {Seen} mine
 * @param {Seen} theirs
 * @returns {Record<string, number>}
 */
function united(mine, theirs) {
  const all = { ...mine };
  for (const [browser, until] of Object.entries(theirs)) all[browser] = Math.max(until, all[browser] ?? 0);
  return all;
}
