/** deploy/adx holds what this room would write, and nothing that Microsoft's parser refuses. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { TYPED_TABLE as TABLE_OF_FILTERS } from "#lib/filters/typed-table.ts";
import { HUBBLE_TABLES } from "../../../e2e/kusto-stand-in/hubble-tables.ts";
import { bindQuery, declareDatabase } from "../../../e2e/kusto-stand-in/kusto-language.ts";
import { FLOW_COLUMNS, isFlowColumn } from "./flow-columns.ts";
import { rawRows, TYPED_TABLE } from "./table-rows.ts";

const directory = fileURLToPath(new URL("../../../deploy/adx/", import.meta.url));
const columns = Object.entries(FLOW_COLUMNS);
const names = Object.keys(FLOW_COLUMNS).filter(isFlowColumn);

const FUNCTIONS = [
  { shape: "container-logs", name: "HubbleFlowsFromContainerLogs" },
  { shape: "fluent-bit", name: "HubbleFlowsFromFluentBitLogs" },
  { shape: "container-log-v2", name: "HubbleFlowsFromContainerLogV2" },
] as const;

const globals = declareDatabase("Kubernetes", {
  tables: HUBBLE_TABLES,
  views: new Map([[`${TYPED_TABLE}Unique`, { schema: HUBBLE_TABLES.get(TYPED_TABLE) ?? "", query: TYPED_TABLE }]]),
  functions: new Map(FUNCTIONS.map(({ shape, name }) => [name, { parameters: "()", body: `{\n${rawRows(shape, names)}\n}` }])),
});

test("a filter as KQL is written over the same table", () => {
  expect(TABLE_OF_FILTERS).toBe(TYPED_TABLE);
});

test("the typed table is the one that Weir asks", async () => {
  const command = `.create-merge table ${TYPED_TABLE} (
${columns.map(([name, type]) => `    ${name}: ${type}`).join(",\n")}
) with (folder = "Weir", docstring = "One row per Hubble flow that the agents' exporter wrote")
`;
  await expect(command).toMatchFileSnapshot(`${directory}typed-table.kql`);
});

test.each(FUNCTIONS)(
  "the function over $shape is what Weir asks such a table with, and gives the typed table's columns",
  async ({ shape, name }) => {
    const body = rawRows(shape, names);
    await expect(`.create-or-alter function with (folder = "Weir", docstring = "The lines of a ${shape} table as flows") ${name}() {
${body}
}
`).toMatchFileSnapshot(`${directory}function-${shape}.kql`);
    expect(bindQuery(body, globals).columns).toEqual(columns.map(([column, type]) => ({ name: column, type })));
  },
);

test.each(readdirSync(directory).filter((file) => file.endsWith(".kql")))("%s is one command that the parser takes", (file) => {
  const { kind, diagnostics } = bindQuery(readFileSync(`${directory}${file}`, "utf8"), globals);
  expect(diagnostics.filter(({ severity }) => severity === "Error" || severity === "Warning")).toEqual([]);
  expect(kind).toBe("Command");
});

test.each(["container-logs", "fluent-bit", "container-log-v2"])("the update policy over %s runs a function that is there", (shape) => {
  const text = readFileSync(`${directory}update-policy-${shape}.kql`, "utf8");
  const policy: unknown = JSON.parse(/@'(.*)'/.exec(text)?.[1] ?? "[]");
  expect(policy).toEqual([expect.objectContaining({ IsEnabled: true, Query: `${FUNCTIONS.find((one) => one.shape === shape)?.name}()` })]);
});
