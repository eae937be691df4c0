/** The exporters in Helm values of Cilium's chart, and what there has no effect or another than expected. */
import type { Located, LocatedMap } from "./go-yaml/located.ts";
import type { Span } from "./go-yaml/node.ts";
import { readYaml } from "./go-yaml/read-yaml.ts";
import { at, isTrueAt, listAt, listOf, mapOf, textOf } from "./located-path.ts";
import type { Pasted, PlacedRemark } from "./paste.ts";

export type HelmPasted = Pick<Pasted, "form" | "root" | "remarks">;

const DEFAULT_PATH = "/var/run/cilium/hubble/events.log";
/** Where charts and tools keep the block: Cilium's own, an umbrella's, a part of it alone. */
const EXPORT_PATHS: readonly (readonly string[])[] = [["hubble", "export"], ["cilium", "hubble", "export"], ["export"]];
const CONTENT_PATHS: readonly (readonly string[])[] = [
  ["cilium_hubble_export_dynamic_config_content"],
  ["dynamic", "config", "content"],
  ["config", "content"],
  ["content"],
];

/** Undefined where nothing in it configures an exporter. */
export function readHelmValues(root: LocatedMap): HelmPasted | undefined {
  for (const path of EXPORT_PATHS) {
    const block = at(root, ...path);
    if (block?.is === "map" && (at(block, "static") || at(block, "dynamic"))) return ofBlock(block);
  }
  for (const path of CONTENT_PATHS) {
    const content = at(root, ...path);
    if (content?.is === "list") return { form: "helm-dynamic", root: fileOf(content.span, content.items), remarks: [] };
  }
  return undefined;
}

function ofBlock(block: LocatedMap): HelmPasted {
  const hasStatic = isTrueAt(block, "static", "enabled");
  const isDynamic = isTrueAt(block, "dynamic", "enabled");
  const content = listAt(block, "dynamic", "config", "content");
  const staticBlock = at(block, "static");
  const entries = [
    ...(hasStatic && staticBlock?.is === "map" ? [staticEntry(staticBlock)] : []),
    ...(isDynamic || !hasStatic ? content : []),
  ];
  const remarks: PlacedRemark[] = [];
  if (hasStatic && isDynamic) remarks.push({ kind: "static-and-dynamic", at: staticBlock });
  if (!hasStatic && !isDynamic) remarks.push({ kind: "dynamic-disabled", at: at(block, "dynamic", "enabled") ?? at(block, "dynamic") });
  const stale = at(block, "fileMaxSizeMb") ?? at(block, "fileMaxBackups");
  if (stale) remarks.push({ kind: "stale-rotation", at: stale });
  if (isTrueAt(block, "dynamic", "config", "createConfigMap")) {
    remarks.push({ kind: "create-config-map", at: at(block, "dynamic", "config", "createConfigMap") });
  }
  return { form: hasStatic && !isDynamic ? "helm-static" : "helm-dynamic", root: fileOf(block.span, entries), remarks };
}

function fileOf(span: Span, entries: readonly Located[]): LocatedMap {
  return mapOf(span, [["flowLogs", listOf(span, entries)]]);
}

/** The one static exporter as an entry; its lists hold FlowFilters as JSON texts. */
function staticEntry(block: LocatedMap): Located {
  const span = block.span;
  return mapOf(span, [
    ["name", textOf(span, "static")],
    ["filePath", at(block, "filePath") ?? textOf(span, DEFAULT_PATH)],
    ["fieldMask", at(block, "fieldMask")],
    ["includeFilters", filterTexts(at(block, "allowList"))],
    ["excludeFilters", filterTexts(at(block, "denyList"))],
    ["fileMaxSizeMb", at(block, "fileMaxSizeMb")],
    ["fileMaxBackups", at(block, "fileMaxBackups")],
    ["fileCompress", at(block, "fileCompress")],
    ["fieldAggregate", at(block, "fieldAggregate")],
    ["aggregationInterval", at(block, "aggregationInterval")],
  ]);
}

function filterTexts(list: Located | undefined): Located | undefined {
  return list?.is === "list" ? listOf(list.span, list.items.map(filterText)) : list;
}

/** A text that is no JSON stays one, and is refused as such. */
function filterText(item: Located): Located {
  if (item.is !== "scalar" || item.value.is !== "text") return item;
  const parsed = isJson(item.value.value) ? readYaml(item.value.value) : undefined;
  return parsed?.value === undefined ? item : moved(parsed.value, item.span);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Everything in the text stands where the text stands. */
function moved(located: Located, span: Span): Located {
  if (located.is === "scalar") return { ...located, span };
  if (located.is === "list") return { ...located, span, items: located.items.map((item) => moved(item, span)) };
  const entries = [...located.entries].map(([key, entry]) => [key, { ...entry, keySpan: span, value: moved(entry.value, span) }] as const);
  return { ...located, span, entries: new Map(entries) };
}
