import { expect, test } from "vitest";
import { z } from "zod";
import { PARAMETER_NAMES } from "#lib/url/search.ts";
import { openApiDocument } from "./open-api.ts";

const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["query", "path"]), schema: z.looseObject({}) })),
  responses: z.record(z.string(), z.object({ description: z.string() })),
});
const shape = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(
    z.string(),
    z.union([z.object({ get: operation }), z.object({ post: operation })]).transform((path) => ("get" in path ? path.get : path.post)),
  ),
  components: z.object({ schemas: z.record(z.string(), z.object({})) }),
});

const text = JSON.stringify(openApiDocument("1.2.3"));
const document = shape.parse(JSON.parse(text));

test("every endpoint says every parameter once", () => {
  for (const [path, { parameters }] of Object.entries(document.paths)) {
    const names = parameters.map(({ name, in: place }) => (place === "path" ? `{${name}}` : name));
    expect(new Set(names).size, path).toBe(names.length);
    expect(names, path).toEqual(expect.arrayContaining([...PARAMETER_NAMES]));
  }
});

test("operations have names of their own", () => {
  const names = Object.values(document.paths).map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(9);
});

test("every reference leads somewhere", () => {
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? "");
  expect(references.length).toBeGreaterThan(20);
  for (const reference of references) {
    expect(reference).toMatch(/^#\/components\/schemas\/\w+$/);
    expect(Object.keys(document.components.schemas)).toContain(reference.split("/").at(-1));
  }
});

test("bounds are told", () => {
  const limit = document.paths["/groups"]?.parameters.find(({ name }) => name === "limit");
  expect(limit).toMatchObject({ in: "query", schema: { type: "integer", minimum: 1, maximum: 5000, default: 100 } });
});
