/** The OpenAPI 3.1 document, generated from the schemas that the endpoints read with and promise. */
import { z } from "zod";
import { filterSchema } from "#lib/filters/filter-schema.ts";
import {
  facetsSchema,
  flowDetailSchema,
  flowPageSchema,
  flowRowSchema,
  groupingSchema,
  groupRowSchema,
  groupTableSchema,
  summarySchema,
  timelineSchema,
} from "./answer-schemas.ts";
import { coverageDetailsSchema, coverageSchema, problemSchema } from "./coverage-schema.ts";
import { exportParameters, facetsParameters, flowsParameters, groupsParameters, noParameters, timelineParameters } from "./parameters.ts";
import { replayBodySchema } from "./replay-body.ts";
import { STATUS } from "./respond.ts";
import { searchParameters } from "./search-parameters.ts";

const components = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({
  Summary: summarySchema,
  Grouping: groupingSchema,
  GroupRow: groupRowSchema,
  GroupTable: groupTableSchema,
  Timeline: timelineSchema,
  Facets: facetsSchema,
  FlowRow: flowRowSchema,
  FlowPage: flowPageSchema,
  FlowDetail: flowDetailSchema,
  CoverageDetails: coverageDetailsSchema,
  Coverage: coverageSchema,
  Problem: problemSchema,
  Filter: filterSchema,
})) {
  components.add(schema, { id });
}

interface Endpoint {
  readonly path: string;
  readonly summary: string;
  readonly parameters: z.ZodObject;
  /** Name of the component that `answer` holds; undefined = no JSON answer. */
  readonly answer: string | undefined;
}

const ENDPOINTS: readonly Endpoint[] = [
  { path: "/summary", summary: "Totals, compared with the window before", parameters: noParameters, answer: "Summary" },
  { path: "/groups", summary: "Blocked attempts grouped by one to four dimensions", parameters: groupsParameters, answer: "GroupTable" },
  { path: "/timeline", summary: "Attempts over the window, split by reason or group", parameters: timelineParameters, answer: "Timeline" },
  { path: "/facets", summary: "Values of dimensions with their attempts", parameters: facetsParameters, answer: "Facets" },
  { path: "/flows", summary: "Single flows, newest first, page by page", parameters: flowsParameters, answer: "FlowPage" },
  { path: "/flows/{uuid}", summary: "One flow with everything known of it", parameters: noParameters, answer: "FlowDetail" },
  { path: "/coverage", summary: "What was really looked at, in detail", parameters: noParameters, answer: "CoverageDetails" },
  {
    path: "/export",
    summary: "Groups or flows as CSV or NDJSON, streamed, up to the cap in x-weir-row-cap",
    parameters: exportParameters,
    answer: undefined,
  },
];

export function openApiDocument(version: string): unknown {
  const { schemas } = z.toJSONSchema(components, {
    target: "draft-2020-12",
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Weir",
      version,
      description: "What Cilium's policies block on egress. Every endpoint takes the parameters that stand in the address bar of a view.",
    },
    servers: [{ url: "/api/v1" }],
    paths: {
      ...Object.fromEntries(ENDPOINTS.map((endpoint) => [endpoint.path, { get: operation(endpoint) }])),
      "/replay": { post: REPLAY },
    },
    components: { schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)])) },
  };
}

function operation({ path, summary, parameters, answer }: Endpoint) {
  const inPath = path.includes("{uuid}") ? [{ name: "uuid", in: "path", required: true, schema: { type: "string" } }] : [];
  const failures = [...new Set(Object.values(STATUS))].map((status) => [String(status), failure(status)]);
  return {
    operationId: path.replace(/[^a-z]+/g, "-").replace(/^-|-$/g, ""),
    summary,
    parameters: [...inPath, ...ownParameters(parameters), ...searchParameters()],
    responses: { "200": answer === undefined ? EXPORTED : answered(answer), ...Object.fromEntries(failures) },
  };
}

function ownParameters(parameters: z.ZodObject) {
  const { properties = {} } = z.toJSONSchema(parameters, { target: "draft-2020-12", io: "output", unrepresentable: "any" });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = typeof property === "object" ? property : {};
    const isList = schema.type === "array";
    return {
      name,
      in: "query",
      required: false,
      ...(description !== undefined && { description }),
      ...(isList && { explode: false }),
      schema,
    };
  });
}

function answered(answer: string) {
  return {
    description: "The answer and what it covers",
    content: {
      "application/json": {
        schema: {
          type: "object",
          required: ["answer", "coverage"],
          properties: { answer: { $ref: `#/components/schemas/${answer}` }, coverage: { $ref: "#/components/schemas/Coverage" } },
        },
      },
    },
  };
}

const REPLAY = {
  operationId: "replay",
  summary: "What exporter configurations would have logged of the flows stored in a window",
  parameters: searchParameters(),
  requestBody: { required: true, content: { "application/json": { schema: plain(z.toJSONSchema(replayBodySchema)) } } },
  responses: {
    "200": {
      description: "One JSON object a line: how far it is, and last what it says, or why it cannot",
      content: { "application/x-ndjson": { schema: { type: "string" } } },
    },
    ...Object.fromEntries([...new Set(Object.values(STATUS))].map((status) => [String(status), failure(status)])),
  },
};

const EXPORTED = {
  description: "The rows, in the order of the chosen columns. A last line says where a cap cut them off",
  content: { "text/csv": { schema: { type: "string" } }, "application/x-ndjson": { schema: { type: "string" } } },
};

function failure(status: number) {
  const kinds = Object.entries(STATUS).filter(([, value]) => value === status);
  return {
    description: kinds.map(([kind]) => kind).join(", "),
    content: {
      "application/json": {
        schema: { type: "object", required: ["problem"], properties: { problem: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** Inside a document the dialect and the name stand elsewhere. */
function plain(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "$id" && key !== "id"));
}
