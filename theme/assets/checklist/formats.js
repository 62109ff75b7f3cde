/** A plan for other programs: Markdown, a spreadsheet, a calendar. Pure: a report (see report.js) in, text out. */

import { day, progressWords } from "./report.js";

const GONE = "no longer in the guide";

/** Return the plan as Markdown with task lists. */
export function markdown({ items, progress }) {
  const blocks = ["# My plan", `${progressWords(progress)}.`];
  for (const item of items) {
    blocks.push(`## ${item.position}. ${marked(item.title)}${item.gone ? ` (${GONE})` : ""}`);
    const facts = [
      item.owner && `Owner: ${marked(item.owner)}`,
      item.due && `By: ${day(item.due)}`,
      progressWords(item.progress),
    ];
    blocks.push(facts.filter(Boolean).join(" · "));
    if (item.url) blocks.push(`<${item.url}>`);
    blocks.push(
      ...stages(item.steps).flatMap(([stage, steps]) =>
        [stage && `### ${marked(stage)}`, steps.map(task).join("\n")].filter(Boolean),
      ),
    );
  }
  return `${blocks.join("\n\n")}\n`;
}

function task(step) {
  const blocks = [`- [${step.done ? "x" : " "}] ${marked(step.text || step.id)}${step.gone ? ` (${GONE})` : ""}`];
  if (step.detail) blocks.push(`  ${marked(step.detail)}`);
  if (step.note)
    blocks.push(
      step.note
        .split("\n")
        .map((text) => `  > ${marked(text)}`.trimEnd())
        .join("\n"),
    );
  return blocks.join("\n\n");
}

/** Return text as Markdown that shows just that text. */
function marked(text) {
  return text
    .replace(/[\\`*_[\]<>|~]/g, "\\$&")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/^(\s*)([#+=-])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2");
}

/** Group steps by their stage, in their order; steps that are gone stand under a heading of their own. */
export function stages(steps) {
  const groups = [];
  for (const step of steps) {
    const stage = step.gone ? "No longer in the guide" : step.stage;
    if (groups.length && groups.at(-1)[0] === stage) groups.at(-1)[1].push(step);
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
  "Done",
  "Note",
  "In the guide",
  "Link",
];

/** Return the plan as CSV (RFC 4180), a row for each step. Without the byte order mark Excel would spoil accents. */
export function csv({ items }) {
  const rows = items.flatMap((item) => {
    const steps = item.steps.length
      ? item.steps
      : [{ stage: "", text: "", id: "", detail: "", done: false, note: "", gone: item.gone }];
    return steps.map((step) => [
      item.position,
      item.title,
      item.area,
      item.owner,
      item.due,
      step.stage,
      step.text || step.id,
      step.detail,
      step.done ? "yes" : "no",
      step.note,
      step.gone || item.gone ? "no" : "yes",
      item.url,
    ]);
  });
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

/** Return a value as a cell. What a spreadsheet could run as a formula becomes text by an apostrophe in front. */
function cell(value) {
  const text = String(value).replaceAll("\n", "\r\n");
  const tame = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

/**
 * Return the dates of the plan as a calendar (RFC 5545): an all-day event for each action that has one. Events,
 * because the large calendars ignore tasks (VTODO) on import. `planId` keeps the UIDs stable and those of different plans apart.
 */
export function calendar({ items }, planId, now) {
  const stamp = `${now.toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
  const events = items
    .filter((item) => item.due)
    .flatMap((item) => [
      "BEGIN:VEVENT",
      `UID:${planId}-${item.id}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${item.due.replaceAll("-", "")}`,
      `DTEND;VALUE=DATE:${dayAfter(item.due).replaceAll("-", "")}`,
      `SUMMARY:${escaped(`Due: ${item.title}`)}`,
      `DESCRIPTION:${escaped(description(item))}`,
      ...(item.url ? [`URL:${item.url}`] : []),
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]);
  const all = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Smart Guide//My plan//EN",
    "CALSCALE:GREGORIAN",
    ...events,
    "END:VCALENDAR",
  ];
  return all.map((content) => `${folded(content)}\r\n`).join("");
}

function description(item) {
  const open = item.steps.filter((step) => !step.done && !step.gone).map((step) => `- ${step.text}`);
  return [
    item.owner && `Owner: ${item.owner}`,
    progressWords(item.progress),
    ...(open.length ? ["Still to do:", ...open] : []),
  ]
    .filter(Boolean)
    .join("\n");
}

function dayAfter(date) {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** Fold a line so that none is longer than 75 bytes, and no character is cut in two. */
function folded(content) {
  const encoder = new TextEncoder();
  const parts = [""];
  let size = 0;
  for (const character of content) {
    const bytes = encoder.encode(character).length;
    if (size + bytes > 75) {
      parts.push("");
      size = 1; // the blank that begins the next line
    }
    parts[parts.length - 1] += character;
    size += bytes;
  }
  return parts.join("\r\n ");
}
