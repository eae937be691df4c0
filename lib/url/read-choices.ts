/** Readers of the single parameters: each returns something usable and complains about the rest. */
import { DIMENSIONS, type Grouping } from "#lib/flows/dimension.ts";
import { joinValues, splitValues } from "./escape.ts";

export type Complain = (value: string, why: string) => void;

const MAX_TEXT = 500;
const MAX_GROUPINGS = 4;
const MAX_PATHS = 200;

export function readText(text: string, complain: Complain): string {
  if (text.length <= MAX_TEXT) return text.toWellFormed();
  complain(text, `Text to search for has at most ${MAX_TEXT} characters.`);
  return "";
}

export function readOneOf<T extends string>(allowed: readonly T[], text: string | undefined, otherwise: T, complain: Complain): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined && text !== undefined) complain(text, `It is one of ${allowed.join(", ")}.`);
  return found ?? otherwise;
}

export function readGroupings(text: string | undefined, complain: Complain): readonly Grouping[] {
  if (text === undefined) return [];
  const by: Grouping[] = [];
  for (const item of splitValues(text)) {
    const grouping = item.value === undefined ? undefined : readGrouping(item.value);
    if (grouping === undefined) complain(item.text, `It groups by ${DIMENSIONS.join(", ")} or label:KEY.`);
    else if (by.includes(grouping)) complain(item.text, "It is there already.");
    else if (by.length === MAX_GROUPINGS) complain(item.text, `At most ${MAX_GROUPINGS} dimensions.`);
    else by.push(grouping);
  }
  return by;
}

function readGrouping(text: string): Grouping | undefined {
  const name = text === "ns" ? "namespace" : text;
  const dimension = DIMENSIONS.find((known) => known === name);
  if (dimension !== undefined) return dimension;
  return text.startsWith("label:") && text.length > "label:".length && text.length <= MAX_TEXT
    ? `label:${text.slice("label:".length)}`
    : undefined;
}

export function printPaths(paths: readonly (readonly string[])[]): string {
  return paths.map((path) => joinValues(path, ";")).join(",");
}

export function readPaths(text: string | undefined, complain: Complain): readonly (readonly string[])[] {
  if (text === undefined) return [];
  const paths = new Map<string, readonly string[]>();
  for (const item of text.split(",")) {
    const values = splitValues(item, ";").map(({ value }) => value);
    if (!values.every((value) => value !== undefined)) complain(item, "An opened group reads value;value.");
    else if (values.length > MAX_GROUPINGS) complain(item, `At most ${MAX_GROUPINGS} levels.`);
    else if (paths.size >= MAX_PATHS) complain(item, `At most ${MAX_PATHS} opened groups.`);
    else paths.set(item, values);
  }
  return [...paths.values()];
}

/** Ids are uuids, or hashes where a line has none. */
export function readRow(text: string, complain: Complain): string {
  if (text === "" || /^[\w.:-]{1,200}$/.test(text)) return text;
  complain(text, "This is no id of a flow.");
  return "";
}

export function readTab(text: string, complain: Complain): string {
  if (text === "" || /^[a-z0-9-]{1,40}$/.test(text)) return text;
  complain(text, "This is no name of a tab.");
  return "";
}
