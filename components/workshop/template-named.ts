/** Templates by name, and the entry that an empty place begins with. */
import type { ExporterEntry, TargetVersion } from "#lib/exporter/config.ts";
import { TEMPLATES, type Template } from "#lib/exporter/templates.ts";

/** The default where there is none of that name. */
export function templateNamed(name: string): Template {
  const [first] = TEMPLATES;
  const found = TEMPLATES.find((one) => one.name === name) ?? first;
  if (found === undefined) throw new Error("there is no template at all");
  return found;
}

/** An entry to add to others. */
export function newEntry(target: TargetVersion): ExporterEntry {
  return templateNamed("").entry(target);
}
