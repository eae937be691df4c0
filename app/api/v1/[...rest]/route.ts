import { problemResponse } from "../_api/respond.ts";

export function GET(): Response {
  return problemResponse({
    kind: "not-found",
    title: "There is nothing at this address.",
    detail: "The API has summary, groups, timeline, facets, flows, flows/{uuid}, coverage, export and openapi.json.",
    next: "GET /api/v1/openapi.json describes them.",
  });
}
