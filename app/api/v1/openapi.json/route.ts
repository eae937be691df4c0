import { getRuntime } from "#lib/server/runtime.ts";
import { openApiDocument } from "../_api/open-api.ts";

export function GET(): Response {
  return Response.json(openApiDocument(getRuntime().version), { headers: { "cache-control": "no-store" } });
}
