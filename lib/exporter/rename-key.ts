/** What the configuration would be if a misspelt key were spelt as it was meant. */
import { modelEntry, readAsAgentFile } from "./agent-reading.ts";
import type { ExporterConfig, TargetVersion } from "./config.ts";
import { editEntry } from "./edit-config.ts";
import type { Located, LocatedMap } from "./go-yaml/located.ts";
import { matchKey } from "./key-fold.ts";

export interface MeantKey {
  readonly key: string;
  readonly meant: string;
  /** Index of the entry; undefined = a key of the file. */
  readonly entry: number | undefined;
}

/** Takes what the key holds into the configuration; as it was where that cannot be read either. */
export function withMeantKey(
  config: ExporterConfig,
  root: Located | undefined,
  meantKey: MeantKey,
  version: TargetVersion,
): ExporterConfig {
  if (root?.is !== "map") return config;
  const { entry } = meantKey;
  const read = readAsAgentFile(entry === undefined ? renamed(root, meantKey) : inEntry(root, entry, meantKey), version);
  if (entry === undefined) return { entries: read.entries.flatMap((one) => (one === undefined ? [] : [modelEntry(one)])) };
  const mended = read.entries[entry];
  if (mended === undefined) return config;
  const model = modelEntry(mended);
  return editEntry(config, entry, (old) => ({
    ...old,
    ...Object.fromEntries(Object.entries(model).filter(([key]) => key === meantKey.meant)),
  }));
}

function renamed(map: LocatedMap, { key, meant }: MeantKey): LocatedMap {
  const entries = [...map.entries].map(([name, entry]) =>
    name === key ? ([meant, { ...entry, key: meant }] as const) : ([name, entry] as const),
  );
  return { ...map, entries: new Map(entries) };
}

function inEntry(root: LocatedMap, index: number, meantKey: MeantKey): LocatedMap {
  const entries = [...root.entries].map(([name, entry]) => {
    const list = entry.value;
    if (!matchKey(name, ["flowLogs"]) || list.is !== "list") return [name, entry] as const;
    const items = list.items.map((item, at) => (at === index && item.is === "map" ? renamed(item, meantKey) : item));
    return [name, { ...entry, value: { ...list, items } }] as const;
  });
  return { ...root, entries: new Map(entries) };
}
