/** A filtered list for other programs: CSV, and HTML for a page elsewhere. Pure: text out. */

/** @import { Answer, Column, List } from "../../../../../types/catalogue.d.ts" */

import { isChosenFrom, isKnown } from "./list.js";
import { filterWords, foundWords } from "./words.js";

/**
 * Return the records as CSV (RFC 4180). Excel splits columns only at the separator of its region, which is ";" where
 * numbers are written with a decimal comma. Without the byte order mark it shows wrong accents.
 * @param {List} list
 * @param {Answer} answered
 * @param {"," | ";"} separator
 * @param {(id: string) => string} urlOf the whole URL of the page of a record
 */
export function csv({ data, columns }, { rows }, separator, urlOf) {
  const hasSummary = data.summary.some(Boolean);
  const head = [data.one, ...(hasSummary ? ["Description"] : []), ...columns.flatMap(titles), "Link"];
  const lines = rows.map((row) => [
    data.label[row] ?? "",
    ...(hasSummary ? [data.summary[row] ?? ""] : []),
    ...columns.flatMap((column) => texts(column, row)),
    urlOf(data.id[row] ?? ""),
  ]);
  return `\ufeff${[head, ...lines].map((line) => `${line.map(cell).join(separator)}\r\n`).join("")}`;
}

/** @param {Column} column */
function titles({ type, title }) {
  return type === "records" ? [`${title} (number)`, title] : [title];
}

/**
 * @param {Column} column
 * @param {number} row
 */
function texts(column, row) {
  const written = column.of[row] ?? [];
  const values = typeof written === "object" ? written : [written];
  if (!isChosenFrom(column)) return [values.join("; ")];
  const words = values.map((number) => column.values[Number(number)]?.[1] ?? "").join("; "); // they may have commas
  return column.type === "records" ? [isKnown(column, row) ? String(values.length) : "", words] : [words];
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
  const harmless = /^-?\d+(?:\.\d+)?$/u.test(value) ? value : value.replace(BEGIN, harmlessBegin);
  const text = (/^[\t\r\n]/u.test(harmless) ? `'${harmless}` : harmless).replaceAll("\n", "\r\n");
  return /[",;\t\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {string} begin
 * @param {number} offset
 * @param {string} value
 */
function harmlessBegin(begin, offset, value) {
  if (!FORMULA.test(value.slice(offset + begin.length, offset + begin.length + 1))) return begin;
  return offset === 0 && !/[,;\t\r\n]/u.test(begin) ? `'${begin}` : `${begin}'`;
}

/**
 * Return the separator of columns where people write numbers as in a language: "," is taken where it begins the decimals.
 * @param {string} language
 * @returns {"," | ";"}
 */
export function usualSeparator(language) {
  return new Intl.NumberFormat(language).format(1.5).includes(",") ? ";" : ",";
}

/**
 * Return the list as HTML for a page elsewhere: links, and where they come from.
 * @param {List} list
 * @param {Answer} answered
 * @param {string} url the whole URL of the filtered list
 * @param {(id: string) => string} urlOf the whole URL of the page of a record
 */
export function embedded(list, answered, url, urlOf) {
  const { data } = list;
  const words = [data.title, ...answered.filters.map(filterWords)].join("; ");
  const items = answered.rows.map((row) => {
    const link = `<a href="${escaped(urlOf(data.id[row] ?? ""))}">${escaped(data.label[row] ?? "")}</a>`;
    return `<li>${link}${data.summary[row] ? `: ${escaped(data.summary[row])}` : ""}</li>`;
  });
  const found = escaped(foundWords(list, answered));
  return `<h2><a href="${escaped(url)}">${escaped(words)}</a></h2>\n<p>${found}</p>\n<ul>\n${items.join("\n")}\n</ul>\n`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
