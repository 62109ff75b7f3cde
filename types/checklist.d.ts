/** What travels between the modules of checklists and plans. Only for the type check: nothing here is published. */

import type { Store } from "../theme/assets/checklist/storage.js";

declare global {
  interface String {
    /** Not in every browser: it is tried before it is called. */
    toWellFormed?: () => string;
  }
}

/** When a value was last changed, by the clock of the browser in which that happened. */
export interface Stamp {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The random id of the browser. */
  readonly by: string;
}

/** The values of a step, an action and a plan that are compared and merged one by one (see fields.js). */
export type StepField = "state" | "text" | "note" | "owner" | "due";
export type ActionField = "planned" | "title" | "owner" | "due";
export type PlanField = "name" | "market" | "order";

/** When each value was last changed. Values of plans from before there were times have none. */
export type Stamps<Field extends string> = Readonly<Partial<Record<Field, Stamp>>>;

/** What a plan remembers of a step. One that says nothing any more is kept for its times: see `speaks` in state.js. */
export interface Step {
  readonly id: string;
  /** For a step of the guide a copy, for the day when the guide no longer has it. */
  readonly text: string;
  /** Whether the reader wrote the step; it is deleted when its text is empty. */
  readonly own: boolean;
  readonly done: boolean;
  /** Whether the reader said that the step does not apply. Never together with `done`. */
  readonly skipped: boolean;
  readonly note: string;
  readonly owner: string;
  /** YYYY-MM-DD, or empty. */
  readonly due: string;
  readonly changed: Stamps<StepField>;
}

/** What a plan remembers of an action. */
export interface Action {
  readonly id: string;
  /** For an action of the guide a copy, for the day when the guide no longer has it. */
  readonly title: string;
  /** Whether the reader wrote the action. */
  readonly own: boolean;
  /** False for an action whose checklist was ticked outside of the plan, and for one that was taken out. */
  readonly planned: boolean;
  readonly owner: string;
  /** YYYY-MM-DD, or empty. */
  readonly due: string;
  readonly steps: readonly Step[];
  readonly changed: Stamps<ActionField>;
}

/** A plan. The actions are in the order of the work. */
export interface Plan {
  /** The plan's own number; its calendar entries are identified by it. */
  readonly id: string;
  /** Empty for a plan without a name. */
  readonly name: string;
  /** The code of a market, or empty. */
  readonly market: string;
  readonly marketName: string;
  readonly actions: readonly Action[];
  readonly changed: Stamps<PlanField>;
  /** Until when the plan holds the changes of each browser. */
  readonly seen: Readonly<Record<string, number>>;
}

/** All plans of this browser. */
export interface Library {
  /** The random id of this browser, by which plans know its changes. */
  readonly browser: string;
  /** The id of the plan that is shown. */
  readonly current: string;
  /** When it was saved in the browser, in milliseconds since 1970; 0 for never. */
  readonly saved: number;
  /** When each plan was last saved to a file. */
  readonly copied: Readonly<Record<string, number>>;
  readonly plans: readonly Plan[];
}

/** A market as pages name it. */
export interface Market {
  readonly code: string;
  readonly name: string;
}

/** A value that two plans have differently. */
export interface Difference {
  /** Which value: identifies the difference. */
  readonly key: string;
  readonly field: StepField | ActionField | PlanField;
  /** The action and step that it belongs to, where it does. */
  readonly action?: Action;
  readonly step?: Step;
  readonly mine: string;
  readonly theirs: string;
  readonly mineStamp: Stamp | undefined;
  readonly theirsStamp: Stamp | undefined;
  /** Who changed it without knowing the other's value; "both" if both did. */
  readonly by: "mine" | "theirs" | "both";
  /** What is taken unless a person chooses. */
  readonly pick: Choice;
  /** Whether a step is kept that one side deleted, as the other changed it without knowing: not what the times alone say. */
  readonly kept?: boolean;
}

/** Which value of two is taken; "together" is for notes: both, one below the other. */
export type Choice = "mine" | "theirs" | "together";

/** A function from plan to plan. It throws a PlanError if the change is not possible. */
export type Change = (plan: Plan) => Plan;

/**
 * A change by typing. It may be made on a plan that another tab has changed in the meantime: `since` is the plan from before
 * the typing.
 */
export type TextChange = (plan: Plan, since: Plan) => Plan;

/** An action as a page names it. */
export type ActionName = Pick<Action, "id" | "title">;

/** A step as a page names it. `own` is true for one that the reader wrote. */
export interface StepName extends Pick<Step, "id" | "text"> {
  readonly own?: boolean;
}

/** Which step of which action. */
export interface StepPlace {
  readonly action: ActionName;
  readonly step: StepName;
}

/** A step of the guide. */
export interface GuideStep extends StepName {
  readonly detail?: string;
  /** What of the detail is a link: the words, and the URL to which they lead. */
  readonly links?: readonly (readonly [string, string])[];
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

/** A set of actions to begin a plan with. */
export interface StartingSet {
  readonly title: string;
  readonly text: string;
  readonly actions: readonly string[];
}

/** The data that the plan page holds as JSON. */
export interface GuideData {
  readonly actions: readonly GuideAction[];
  readonly challenges: readonly Challenge[];
  readonly sets?: readonly StartingSet[];
  readonly markets?: readonly Market[];
}

/** The guide as the plan page works with it. */
export interface Guide {
  readonly actions: ReadonlyMap<string, GuideAction>;
  readonly challenges: readonly Challenge[];
  readonly sets: readonly StartingSet[];
  readonly markets: readonly Market[];
  /** From former ids of actions to those of today. */
  readonly current: ReadonlyMap<string, string>;
}

/** What a plan says about a step. */
export type StepState = Pick<Step, "done" | "skipped" | "note" | "owner" | "due">;

/** A step as pages and exports show it: the guide's text, and what the plan remembers. */
export interface ShownStep extends Omit<Step, "changed"> {
  readonly detail: string;
  readonly links: NonNullable<GuideStep["links"]>;
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
  readonly own: boolean;
  readonly steps: readonly ShownStep[];
  readonly progress: Progress;
}

/** A plan with the texts of the guide. */
export interface Report {
  /** What the plan is called, also where its reader gave it no name. */
  readonly title: string;
  /** The name of the market, or empty. */
  readonly market: string;
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

export type CardButton = "up" | "down" | "first" | "last" | "out";

/** What an element may hold; what is empty is left out. */
export type Content = Node | string | null | undefined | readonly Content[];
