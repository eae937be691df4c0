/** JSON objects apart from all other JSON. */
import type { JsonValue } from "@bufbuild/protobuf";

export type JsonObject = { readonly [name: string]: JsonValue };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
