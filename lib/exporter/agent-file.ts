/** What encoding/json makes of the file: entries, with every value that has the wrong type, and every key that nobody reads. */
import type { TargetVersion } from "./config.ts";
import { isAtLeast } from "./config.ts";
import { parseGoDuration, parseGoTime } from "./go-time.ts";
import { coercedText, isNull, jsonKind, type Located, type LocatedEntry, type LocatedMap } from "./go-yaml/located.ts";
import type { Span } from "./go-yaml/node.ts";
import { inByteOrder, matchKey } from "./key-fold.ts";

/** An entry as it stands after decoding; filters are not looked into yet. */
export interface AgentEntry {
  span: Span;
  name: string;
  filePath: string;
  fieldMask: readonly string[];
  /** Null is a null filter; undefined list = not set. */
  includeFilters: readonly Located[];
  excludeFilters: readonly Located[];
  end: string | undefined;
  fileMaxSizeMb: number;
  fileMaxBackups: number;
  fileCompress: boolean;
  fieldAggregate: readonly string[];
  aggregationInterval: string;
  /** The map itself, for places; undefined where several maps were laid over each other. */
  source: LocatedMap;
}

/** A value of the wrong type: the agent refuses the whole file. */
export interface AgentFault {
  readonly error: string;
  readonly span: Span;
  /** Index of the entry; undefined = the file. */
  readonly entry: number | undefined;
  readonly key: string | undefined;
}

/** A key that the agent ignores or takes in another spelling. */
export interface OddKey {
  readonly kind: "unknown" | "other-case" | "newer" | "overwritten";
  readonly key: string;
  /** What it is taken for. */
  readonly known: string | undefined;
  readonly span: Span;
  readonly entry: number | undefined;
}

export interface AgentFile {
  /** Undefined for a null entry, which validation refuses. */
  readonly entries: readonly (AgentEntry | undefined)[];
  readonly faults: readonly AgentFault[];
  readonly oddKeys: readonly OddKey[];
  /** Filters that were read and then replaced, by another spelling of their key: wrong ones refuse the file all the same. */
  readonly replaced: readonly Located[];
}

const STRUCT = "json: cannot unmarshal";
const OLD_KEYS = [
  "name",
  "filePath",
  "fieldMask",
  "includeFilters",
  "excludeFilters",
  "fileMaxSizeMb",
  "fileMaxBackups",
  "fileCompress",
  "end",
] as const;
const AGGREGATION_KEYS = ["fieldAggregate", "aggregationInterval"] as const;
type Key = (typeof OLD_KEYS)[number] | (typeof AGGREGATION_KEYS)[number];

export function decodeAgentFile(root: Located | undefined, version: TargetVersion): AgentFile {
  const decoder = new Decoder(version);
  if (root !== undefined) {
    decoder.checkJson(root, "file");
    decoder.file(root);
  }
  return decoder;
}

/** What a value is decoded into: texts may be numbers there, and then an infinite one is no fault. */
type Target = "file" | "entries" | "entry" | "text" | "texts" | "other";

class Decoder implements AgentFile {
  entries: (AgentEntry | undefined)[] = [];
  readonly faults: AgentFault[] = [];
  readonly oddKeys: OddKey[] = [];
  readonly #filters = new Set<Located>();
  readonly #keys: readonly Key[];

  constructor(version: TargetVersion) {
    this.#keys = isAtLeast(version, "1.19") ? [...OLD_KEYS, ...AGGREGATION_KEYS] : OLD_KEYS;
  }

  get replaced(): readonly Located[] {
    const kept = new Set(this.entries.flatMap((entry) => (entry === undefined ? [] : [...entry.includeFilters, ...entry.excludeFilters])));
    return [...this.#filters].filter((filter) => !kept.has(filter));
  }

  /** What JSON cannot say at all: a key that is null, a number without end. */
  checkJson(located: Located, target: Target): void {
    if (located.is === "scalar") {
      if (located.value.is !== "float" || Number.isFinite(located.value.value) || target === "text") return;
      this.#fault("error converting YAML to JSON: json: unsupported value", located.span);
    } else if (located.is === "list") {
      const inner = target === "entries" ? "entry" : target === "texts" ? "text" : "other";
      for (const item of located.items) this.checkJson(item, inner);
    } else {
      if (located.nullKey) this.#fault("error converting YAML to JSON: unsupported map key of type: <nil>", located.nullKey);
      for (const { key, value } of located.entries.values()) this.checkJson(value, this.#targetOf(target, key));
    }
  }

  #targetOf(target: Target, key: string): Target {
    if (target === "file") return matchKey(key, ["flowLogs"]) ? "entries" : "other";
    if (target !== "entry") return "other";
    const known = matchKey(key, this.#keys);
    if (known === "name" || known === "filePath") return "text";
    return known === "fieldMask" || known === "fieldAggregate" ? "texts" : "other";
  }

  file(root: Located): void {
    if (isNull(root)) return;
    if (root.is !== "map") {
      this.#fault(`${STRUCT} ${jsonKind(root)} into Go value of type exporter.DynamicExportersConfig`, root.span);
      return;
    }
    this.#overwritten(root, undefined);
    for (const { key, keySpan, value } of inByteOrder(root.entries.values())) {
      const known = matchKey(key, ["flowLogs"]);
      if (known !== key) this.oddKeys.push({ kind: known ? "other-case" : "unknown", key, known, span: keySpan, entry: undefined });
      if (known) this.#flowLogs(value);
    }
  }

  /** A second list under another spelling of the key is laid over the first, entry by entry. */
  #flowLogs(list: Located): void {
    if (isNull(list)) {
      this.entries = [];
      return;
    }
    if (list.is !== "list") {
      this.#fault(
        `${STRUCT} ${jsonKind(list)} into Go struct field DynamicExportersConfig.flowLogs of type []*exporter.FlowLogConfig`,
        list.span,
      );
      return;
    }
    const before = this.entries;
    this.entries = list.items.map((item, index) => this.#entry(item, index, before[index]));
  }

  #entry(item: Located, index: number, before: AgentEntry | undefined): AgentEntry | undefined {
    if (isNull(item)) return undefined;
    if (item.is !== "map") {
      const error = `${STRUCT} ${jsonKind(item)} into Go struct field DynamicExportersConfig.flowLogs of type exporter.FlowLogConfig`;
      this.#fault(error, item.span, index);
      return undefined;
    }
    const entry: AgentEntry = { ...(before ?? NOTHING_SET), span: item.span, source: item };
    this.#overwritten(item, index);
    for (const located of inByteOrder(item.entries.values())) this.#key(entry, located, index);
    return entry;
  }

  #key(entry: AgentEntry, located: LocatedEntry, index: number): void {
    const { key, keySpan, value } = located;
    const known = matchKey(key, this.#keys);
    const newer = known === undefined ? matchKey(key, AGGREGATION_KEYS) : undefined;
    if (newer) this.oddKeys.push({ kind: "newer", key, known: newer, span: keySpan, entry: index });
    else if (known !== key) this.oddKeys.push({ kind: known ? "other-case" : "unknown", key, known, span: keySpan, entry: index });
    if (known === undefined) return;
    const wrong = this.#set(entry, known, value);
    if (wrong !== undefined) this.faults.push({ error: wrong, span: value.span, entry: index, key: known });
  }

  /** Undefined, or the error. Null leaves texts, numbers and booleans as they are, and empties lists. */
  #set(entry: AgentEntry, key: Key, value: Located): string | undefined {
    switch (key) {
      case "name":
      case "filePath": {
        if (isNull(value)) return undefined;
        const text = coercedText(value);
        if (text === undefined) return wrongType(key, value, "string");
        entry[key] = text;
        return undefined;
      }
      case "fieldMask":
      case "fieldAggregate": {
        const texts = textList(value);
        if (texts === undefined) return wrongType(key, value, key === "fieldMask" ? "exporter.FieldMask" : "[]string");
        entry[key] = texts;
        return undefined;
      }
      case "includeFilters":
      case "excludeFilters":
        if (value.is !== "list" && !isNull(value)) return wrongType(key, value, "exporter.FlowFilters");
        entry[key] = value.is === "list" ? value.items : [];
        for (const filter of entry[key]) this.#filters.add(filter);
        return undefined;
      case "fileMaxSizeMb":
      case "fileMaxBackups": {
        if (isNull(value)) return undefined;
        const number = intOf(value);
        if (number === undefined) return wrongType(key, value, "int");
        entry[key] = number;
        return undefined;
      }
      case "fileCompress":
        if (isNull(value)) return undefined;
        if (value.is !== "scalar" || value.value.is !== "bool") return wrongType(key, value, "bool");
        entry.fileCompress = value.value.value;
        return undefined;
      case "end":
        return setEnd(entry, value);
      case "aggregationInterval":
        return setInterval(entry, value);
    }
  }

  #overwritten(map: LocatedMap, entry: number | undefined): void {
    for (const { key, keySpan } of map.overwritten) {
      this.oddKeys.push({
        kind: "overwritten",
        key,
        known: matchKey(key, entry === undefined ? ["flowLogs"] : this.#keys),
        span: keySpan,
        entry,
      });
    }
  }

  #fault(error: string, span: Span, entry?: number): void {
    this.faults.push({ error, span, entry, key: undefined });
  }
}

const NOTHING_SET = {
  name: "",
  filePath: "",
  fieldMask: [],
  includeFilters: [],
  excludeFilters: [],
  end: undefined,
  fileMaxSizeMb: 0,
  fileMaxBackups: 0,
  fileCompress: false,
  fieldAggregate: [],
  aggregationInterval: "",
} as const;

function wrongType(key: string, value: Located, type: string): string {
  const shown = value.is === "scalar" && value.value.is === "integer" ? `number ${value.value.value}` : jsonKind(value);
  return `${STRUCT} ${shown} into Go struct field FlowLogConfig.flowLogs.${key} of type ${type}`;
}

/** Null items are empty texts; undefined = no list of texts. */
function textList(value: Located): readonly string[] | undefined {
  if (isNull(value)) return [];
  if (value.is !== "list") return undefined;
  const texts = value.items.map((item) => (isNull(item) ? "" : coercedText(item)));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Whole numbers of 64 bits, as Go's JSON prints them: `10.0` is 10 there. */
function intOf(value: Located): number | undefined {
  if (value.is !== "scalar") return undefined;
  if (value.value.is === "integer")
    return BigInt.asIntN(64, value.value.value) === value.value.value ? Number(value.value.value) : undefined;
  if (value.value.is !== "float") return undefined;
  return Number.isInteger(value.value.value) && Math.abs(value.value.value) < 2 ** 63 ? value.value.value : undefined;
}

function setEnd(entry: AgentEntry, value: Located): string | undefined {
  if (isNull(value)) {
    entry.end = undefined;
    return undefined;
  }
  if (value.is !== "scalar" || value.value.is !== "text") return "Time.UnmarshalJSON: input is not a JSON string";
  const text = value.value.value;
  const time = parseGoTime(text);
  if (time === undefined) return `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse it`;
  entry.end = time.text;
  return undefined;
}

function setInterval(entry: AgentEntry, value: Located): string | undefined {
  if (isNull(value)) return undefined;
  const text = value.is === "scalar" && value.value.is === "text" ? value.value.value : undefined;
  if (text === undefined || parseGoDuration(text) === undefined) return wrongType("aggregationInterval", value, "exporter.Duration");
  entry.aggregationInterval = text;
  return undefined;
}
