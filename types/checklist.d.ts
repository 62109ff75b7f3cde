/** What travels between the modules of checklists and plans. Only for the type check: nothing here is published. */

import type { Store } from "../theme/assets/checklist/storage.js";

declare global {
  interface String {
    /** Not in every browser: it is tried before it is called. */
    toWellFormed?: () => string;
  }
}

/** What a plan remembers of a step: it is listed once it is done or has a note. */
export interface Step {
  readonly id: string;
  /** A copy, for the day when the guide no longer has the step. */
  readonly text: string;
  readonly done: boolean;
  readonly note: string;
}

/** What a plan remembers of an action. */
export interface Action {
  readonly id: string;
  /** A copy, for the day when the guide no longer has the action. */
  readonly title: string;
  /** False for an action whose checklist was ticked outside of the plan. */
  readonly planned: boolean;
  readonly owner: string;
  /** YYYY-MM-DD, or empty. */
  readonly due: string;
  readonly steps: readonly Step[];
}

/** A plan. The actions are in the order of the work. */
export interface Plan {
  /** The plan's own number; its calendar entries are identified by it. */
  readonly id: string;
  readonly actions: readonly Action[];
}

/** A function from plan to plan. It throws a PlanError if the change is not possible. */
export type Change = (plan: Plan) => Plan;

/**
 * A change by typing. It may be made on a plan that another tab has changed in the meantime: `since` is the plan from before
 * the typing.
 */
export type TextChange = (plan: Plan, since: Plan) => Plan;

/** An action as a page names it. */
export type ActionName = Pick<Action, "id" | "title">;

/** A step as a page names it. */
export type StepName = Pick<Step, "id" | "text">;

/** Which step of which action. */
export interface StepPlace {
  readonly action: ActionName;
  readonly step: StepName;
}

/** A step of the guide. */
export interface GuideStep extends StepName {
  readonly detail?: string;
  readonly stage?: string;
}

/** An action of the guide of which only the steps are known, as on its own page. */
export interface Checklist extends ActionName {
  readonly steps: readonly GuideStep[];
}

/** An action of the guide. */
export interface GuideAction extends Checklist {
  readonly number: number;
  readonly area: string;
  readonly url: string;
  /** Its ids of former times. */
  readonly former?: readonly string[];
}

/** A challenge of the guide. */
export interface Challenge {
  readonly title: string;
  readonly area: string;
  readonly url: string;
  /** The ids of the actions that answer it. */
  readonly actions: readonly string[];
}

/** The data that the plan page holds as JSON. */
export interface GuideData {
  readonly actions: readonly GuideAction[];
  readonly challenges: readonly Challenge[];
}

/** The guide as the plan page works with it. */
export interface Guide {
  readonly actions: ReadonlyMap<string, GuideAction>;
  readonly challenges: readonly Challenge[];
  /** From former ids of actions to those of today. */
  readonly current: ReadonlyMap<string, string>;
}

/** What a plan says about a step. */
export type StepState = Pick<Step, "done" | "note">;

/** A step as pages and exports show it: the guide's text, and what the plan remembers. */
export interface ShownStep extends Step {
  readonly detail: string;
  readonly stage: string;
  /** Whether the guide no longer has it. */
  readonly gone: boolean;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** An action as pages and exports show it. */
export interface Item {
  /** Its place in the plan from 1 on; 0 for an action outside of the plan. */
  readonly position: number;
  readonly id: string;
  readonly title: string;
  readonly area: string;
  /** Empty for an action that the guide no longer has. */
  readonly url: string;
  readonly owner: string;
  readonly due: string;
  readonly gone: boolean;
  readonly steps: readonly ShownStep[];
  readonly progress: Progress;
}

/** A plan with the texts of the guide. */
export interface Report {
  readonly items: readonly Item[];
  readonly progress: Progress;
}

/** A text from the storage that is no plan, where it was put, and why it cannot be read. */
export interface Unreadable {
  readonly key: string;
  readonly text: string;
  readonly reason: string;
}

/** The parts of the plan page that its modules share. */
export interface PlanPage {
  readonly store: Store;
  readonly guide: Guide;
  /** The heading of the plan, which gets the focus when the element that had it is gone. */
  readonly heading: HTMLElement;
  /** Set the focus to a button of an action's card. */
  focusCard: (actionId: string, part: CardButton) => void;
}

export type CardButton = "up" | "down" | "out";

/** What an element may hold; what is empty is left out. */
export type Content = Node | string | null | undefined | readonly Content[];
