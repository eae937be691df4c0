/** What a filter that agents refuse was meant to say, where that is plain: a list without brackets, a number without quotes, `egress`. */
import { CRITERIA } from "#lib/filters/criteria.ts";
import { CRITERION_NAMES } from "#lib/filters/criterion-names.ts";
import { parseFilter } from "#lib/filters/filter-schema.ts";
import { snakeCase } from "#lib/filters/json-value.ts";
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import { plainValue } from "./agent-filters.ts";
import { coercedText, type Located, type LocatedEntry } from "./go-yaml/located.ts";
import type { Span } from "./go-yaml/node.ts";
import { readYaml } from "./go-yaml/read-yaml.ts";
import { nearName } from "./near-name.ts";

export interface Mended {
  /** Undefined where nothing of it can be kept. */
  readonly clause: FlowFilter | undefined;
  /** What was changed, a phrase each: "port 443 is quoted". */
  readonly changes: readonly string[];
  /** What had to be left out, which changes what the filter means. */
  readonly lost: readonly string[];
}

const AGENT_CRITERIA = CRITERION_NAMES.filter((name) => CRITERIA[name].origin.kind === "cilium");
const FORMER_NAMES: ReadonlyMap<string, (typeof AGENT_CRITERIA)[number]> = new Map([
  ["drop_reason", "drop_reason_desc"],
  ["direction", "traffic_direction"],
  ["source_labels", "source_label"],
  ["destination_labels", "destination_label"],
  ["type", "event_type"],
]);

/** The text as it stands at a place. */
export type SourceText = (span: Span) => string;

export function mendFilter(located: Located, source: SourceText): Mended {
  const changes: string[] = [];
  const lost: string[] = [];
  const map = filterMap(located, changes);
  if (map === undefined) return { clause: undefined, changes, lost: ["a filter that is no map"] };
  let clause: Record<string, unknown> = {};
  for (const entry of map) {
    const name = criterionOf(entry.key);
    if (name === undefined) {
      lost.push(entry.key);
      continue;
    }
    if (snakeCase(entry.key) !== name && !(name === "cel_expression" && entry.key === "experimental"))
      changes.push(`${entry.key} is spelt ${name}`);
    const values = mendedValues(name, entry, source, changes, lost);
    if (values !== undefined) clause = { ...clause, [name]: values };
  }
  const { cel_expression: cel, ...plain } = clause;
  const parsed = parseFilter({ include: [cel === undefined ? plain : { ...plain, experimental: { cel_expression: cel } }] });
  return { clause: Object.keys(clause).length === 0 ? undefined : parsed.filter?.include[0], changes, lost };
}

/** JSON in quotes is what the static exporter wants, and no filter here. */
function filterMap(located: Located, changes: string[]): readonly LocatedEntry[] | undefined {
  if (located.is === "map") return [...located.entries.values()];
  const text = coercedText(located);
  const inner = text?.trim().startsWith("{") ? readYaml(text).value : undefined;
  if (inner?.is !== "map") return undefined;
  changes.push("the JSON text is written as a map");
  return [...inner.entries.values()];
}

function criterionOf(key: string): (typeof AGENT_CRITERIA)[number] | undefined {
  const snake = snakeCase(key);
  if (snake === "experimental") return "cel_expression";
  return AGENT_CRITERIA.find((name) => name === snake) ?? FORMER_NAMES.get(snake) ?? nearName(key, AGENT_CRITERIA);
}

function mendedValues(
  name: string,
  { key, value }: LocatedEntry,
  source: SourceText,
  changes: string[],
  lost: string[],
): unknown[] | undefined {
  const list = name === "cel_expression" && value.is === "map" ? [...value.entries.values()][0]?.value : value;
  if (list === undefined || (list.is === "scalar" && list.value.is === "null")) return undefined;
  if (list.is !== "list") changes.push(`${key} is a list`);
  const kept = (list.is === "list" ? list.items : [list]).flatMap((item) => {
    const mended = mendedValue(name, item, source);
    if (mended === undefined) lost.push(`${key}: ${shown(item, source)}`);
    else if (mended.changed) changes.push(`${key}: ${shown(item, source)} becomes ${JSON.stringify(mended.value)}`);
    return mended === undefined ? [] : [mended.value];
  });
  return kept.length > 0 ? kept : undefined;
}

/** The first spelling of a value that an agent takes. */
function mendedValue(name: string, item: Located, source: SourceText): { readonly value: unknown; readonly changed: boolean } | undefined {
  const written = shown(item, source);
  const plain = plainValue(item);
  const candidates: readonly unknown[] = [plain, ...(item.is === "scalar" ? [written, ...enumNames(written)] : [])];
  const at = candidates.findIndex((value) => takes(name, value));
  return at < 0 ? undefined : { value: candidates[at], changed: at > 0 };
}

/** `egress` for EGRESS, `Policy denied` for POLICY_DENIED, `"2"` for 2. */
function enumNames(written: string): readonly unknown[] {
  const upper = written
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
  const number = /^\d{1,10}$/.test(written) ? [Number(written)] : [];
  return [upper, ...number, upper.replace("IPV", "IPv"), written.trim() === "yes", written.trim() === "true"];
}

function takes(name: string, value: unknown): boolean {
  const clause = name === "cel_expression" ? { experimental: { cel_expression: [value] } } : { [name]: [value] };
  return parseFilter({ include: [clause] }).filter !== undefined;
}

/** As written, without quotes: a number keeps its leading zeros. */
function shown(item: Located, source: SourceText): string {
  if (item.is !== "scalar") return item.is === "list" ? "a list" : "a map";
  const text = coercedText(item) ?? "null";
  if (item.value.is === "text") return text;
  const written = source(item.span);
  const again = written.length < 100 ? readYaml(written).value : undefined;
  return again !== undefined && coercedText(again) === text ? written : text;
}
