/** A plan for other programs: Markdown, CSV, iCalendar. Pure: a report (see report.js) in, text out. */

/** @import { Item, Report, ShownStep } from "../../../types/checklist.d.ts" */

import { blankStep } from "./fields.js";
import { longDate, progressWords } from "./report.js";

const GONE = "no longer in the guide";
const SKIPPED = "does not apply";

/**
 * Return the plan as Markdown with task lists.
 * @param {Report} report
 */
export function markdown({ title, market, items, progress }) {
  const blocks = [`# ${escapedMarkdown(title)}`];
  if (market) blocks.push(`Market: ${escapedMarkdown(market)}`);
  blocks.push(`${progressWords(progress)}.`);
  for (const item of items) {
    blocks.push(`## ${item.position}. ${escapedMarkdown(item.title)}${item.gone ? ` (${GONE})` : ""}`);
    const facts = [
      item.owner && `Owner: ${escapedMarkdown(item.owner)}`,
      item.due && `By: ${longDate(item.due)}`,
      progressWords(item.progress),
    ];
    blocks.push(facts.filter(Boolean).join(" · "));
    if (item.url) blocks.push(`<${item.url}>`);
    for (const [stage, steps] of stages(item.steps)) {
      if (stage) blocks.push(`### ${escapedMarkdown(stage)}`);
      blocks.push(steps.map(task).join("\n"));
    }
  }
  return `${blocks.join("\n\n")}\n`;
}

/** @param {ShownStep} step */
function task(step) {
  const text = escapedMarkdown(step.text || step.id);
  const facts = [step.skipped && SKIPPED, step.gone && GONE, step.owner, step.due && `by ${longDate(step.due)}`];
  const behind = facts.filter(Boolean).join(", ");
  const blocks = [`- [${step.done ? "x" : " "}] ${text}${behind && ` (${escapedMarkdown(behind)})`}`];
  if (step.detail) blocks.push(`  ${escapedMarkdown(step.detail)}`);
  if (step.note) {
    blocks.push(quoted(step.note.split("\n")));
  }
  return blocks.join("\n\n");
}

/**
 * Return the lines of a note as a quotation that keeps them apart. Blanks at the beginning of a line would make code of it.
 * @param {readonly string[]} lines
 */
function quoted(lines) {
  const shown = lines.map((line) => {
    const words = line.trimStart();
    const blanks = "&nbsp;".repeat(words ? line.length - words.length : 0);
    return `${blanks}${escapedMarkdown(words.trimEnd())}`;
  });
  return shown.map((line, index) => `  > ${line}${line && shown[index + 1] ? "\\" : ""}`.trimEnd()).join("\n");
}

/**
 * Return text as Markdown that shows exactly that text.
 * @param {string} text
 */
function escapedMarkdown(text) {
  return text
    .replace(/[\\`*_[\]<>|~]/gu, "\\$&")
    .replace(/&(?=#?\w+;)/gu, "\\&")
    .replace(/^(\s*)([#+=-])/u, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/u, "$1\\$2");
}

/**
 * Group steps by their stage, in their order; steps that are gone stand under a heading of their own.
 * @param {readonly ShownStep[]} steps
 */
export function stages(steps) {
  /** @type {[stage: string, steps: ShownStep[]][]} */
  const groups = [];
  for (const step of steps) {
    const stage = step.gone ? "No longer in the guide" : step.stage;
    const last = groups.at(-1);
    if (last?.[0] === stage) last[1].push(step);
    else groups.push([stage, [step]]);
  }
  return groups;
}

const COLUMNS = [
  "Order",
  "Action",
  "Area",
  "Owner",
  "Due",
  "Stage",
  "Step",
  "Detail",
  "Step owner",
  "Step due",
  "Done",
  "Note",
  "In the guide",
  "Link",
  "Plan",
  "Market",
];

/**
 * Return the plan as CSV (RFC 4180), a row for each step. Excel splits columns only at the separator of its region, which
 * is ";" where numbers are written with a decimal comma. Without the byte order mark it shows wrong accents.
 * @param {Report} report
 * @param {"," | ";"} separator
 */
export function csv({ title, market, items }, separator = ",") {
  const rows = items.flatMap((item) => {
    const nothing = {
      ...blankStep({ id: "", text: "", own: item.own }),
      detail: "",
      links: [],
      stage: "",
      gone: item.gone,
    };
    const steps = item.steps.length > 0 ? item.steps : [nothing];
    return steps.map((step) => [
      String(item.position),
      item.title,
      item.area,
      item.owner,
      item.due,
      step.stage,
      step.text || step.id,
      step.detail,
      step.owner,
      step.due,
      doneWords(step),
      step.note,
      step.gone || step.own ? "no" : "yes",
      item.url,
      title,
      market,
    ]);
  });
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(cell).join(separator)}\r\n`).join("")}`;
}

/** @param {Pick<ShownStep, "done" | "skipped">} step */
function doneWords({ done, skipped }) {
  if (skipped) return SKIPPED;
  return done ? "yes" : "no";
}

/**
 * Return the separator of columns where people write numbers as in a language: "," is taken where it begins the decimals.
 * @param {string} language
 * @returns {"," | ";"}
 */
export function usualSeparator(language) {
  return new Intl.NumberFormat(language).format(1.5).includes(",") ? ";" : ",";
}

/** The begin of a cell, for any program: what one may take for the end of the cell before, and what nobody sees there. */
const BEGIN = /(?:^|[,;\t\r\n])[\s\p{C}\p{M}\p{Z}\u115f\u1160\u2800\u3164\uffa0"']*/gu;
const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Return a value as a cell. An apostrophe in front keeps a spreadsheet from running text as a formula; it stands inside of
 * the text, too, because a program that expects another separator splits the cell there, whether it is quoted or not.
 * @param {string} value
 */
function cell(value) {
  const harmless = value.replace(BEGIN, (begin, offset) => {
    if (!FORMULA.test(value.slice(offset + begin.length, offset + begin.length + 1))) return begin;
    return offset === 0 && !/[,;\t\r\n]/u.test(begin) ? `'${begin}` : `${begin}'`;
  });
  const text = (/^[\t\r\n]/u.test(harmless) ? `'${harmless}` : harmless).replaceAll("\n", "\r\n");
  return /[",;\t\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Return the dates of the plan as a calendar (RFC 5545): an all-day event for each action and each open step that has one.
 * Events, because the large calendars ignore tasks (VTODO) on import. `planId` keeps the UIDs of one plan the same, and those
 * of two plans apart.
 * @param {Report} report
 * @param {string} planId
 * @param {Date} now
 */
export function calendar({ title, items }, planId, now) {
  const stamp = `${now.toISOString().replace(/[-:]/gu, "").slice(0, 15)}Z`;
  const events = items.flatMap((item) => [
    ...(item.due
      ? event({ uid: `${planId}-${item.id}`, ...item, summary: item.title, text: description(item) }, stamp)
      : []),
    ...item.steps
      .filter((step) => step.due && !(step.done || step.skipped))
      .flatMap((step) =>
        event(
          {
            uid: `${planId}-${item.id}-${step.id}`,
            due: step.due,
            summary: step.text || step.id,
            url: item.url,
            text: [item.title, step.owner && `Owner: ${step.owner}`, step.note].filter(Boolean).join("\n"),
          },
          stamp,
        ),
      ),
  ]);
  const all = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Smart Guide//My plan//EN",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escapedCalendar(title)}`,
    ...events,
    "END:VCALENDAR",
  ];
  return all.map((content) => `${folded(content)}\r\n`).join("");
}

/**
 * Return whether a plan has a date that its calendar would hold.
 * @param {Report} report
 */
export function hasDates({ items }) {
  return items.some((item) => item.due || item.steps.some((step) => step.due && !(step.done || step.skipped)));
}

/**
 * @param {{ uid: string, due: string, summary: string, text: string, url: string }} event
 * @param {string} stamp
 */
function event({ uid, due, summary, text, url }, stamp) {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${due.replaceAll("-", "")}`,
    `DTEND;VALUE=DATE:${dayAfter(due).replaceAll("-", "")}`,
    `SUMMARY:${escapedCalendar(`Due: ${summary}`)}`,
    `DESCRIPTION:${escapedCalendar(text)}`,
    ...(url ? [`URL:${url}`] : []),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** @param {Item} item */
function description(item) {
  const open = item.steps.filter((step) => !(step.done || step.skipped || step.gone)).map((step) => `- ${step.text}`);
  const facts = [item.owner && `Owner: ${item.owner}`, progressWords(item.progress)].filter(Boolean);
  return [...facts, ...(open.length > 0 ? ["Still to do:", ...open] : [])].join("\n");
}

/** @param {string} date */
function dayAfter(date) {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

/** @param {string} text */
function escapedCalendar(text) {
  return text.replace(/[\\;,]/gu, "\\$&").replaceAll("\n", "\\n");
}

/**
 * Fold a line of a calendar so that none is longer than 75 bytes, and no character is cut in two.
 * @param {string} content
 */
function folded(content) {
  const encoder = new TextEncoder();
  let text = "";
  let size = 0;
  for (const character of content) {
    const bytes = encoder.encode(character).length;
    if (size + bytes > 75) {
      text += "\r\n ";
      size = 1; // the blank that begins the next line
    }
    text += character;
    size += bytes;
  }
  return text;
}

/**
 * Return the name of a file for a plan, without its ending: the words of its title in ASCII.
 * @param {string} title
 */
export function fileName(title) {
  const words = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/gu);
  const name = (words ?? []).join("-").slice(0, 60);
  return name && title !== "My plan" ? `smart-guide-plan-${name}` : "smart-guide-plan";
}
