/** The flow's message again, out of its line: for what looks at fields that the record leaves out. */
import type { Flow } from "#lib/flows/flow.ts";
import type { JsonObject } from "./json-fields.ts";
import { lineOf, utf8Of } from "./line-text.ts";
import { unwrap } from "./unwrap.ts";

/** Undefined for a flow whose line is not at hand. */
export function flowJsonOf(flow: Flow): JsonObject | undefined {
  const found = unwrap(utf8Of(lineOf(flow.parts)));
  return found.is === "flow" ? found.flow : undefined;
}
