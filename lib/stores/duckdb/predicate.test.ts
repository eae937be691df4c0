/** The SQL spelling of a filter: ids and column names, every value a bound parameter, and the same rows as the predicate itself. */
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./database.ts";
import { both, type IdColumn, idsPass, not, type Predicate, passes, toCondition } from "./predicate.ts";

const COLUMNS: readonly IdColumn[] = ["sender", "place", "event", "policies", "node", "sip", "ip", "sport", "dport", "frame"];
const ENTRIES = 120;

/** Each row holds ids below ENTRIES, and ports from -1 on. */
const rows = Array.from({ length: 400 }, (_, index) => COLUMNS.map((_name, column) => (index * (column * 7 + 3) + column) % ENTRIES));
const held = (row: readonly number[], column: IdColumn): number =>
  (row[COLUMNS.indexOf(column)] ?? 0) - (column === "sport" || column === "dport" ? 1 : 0);

const ids: fc.Arbitrary<Predicate> = fc
  .tuple(fc.constantFrom(...COLUMNS), fc.constantFrom(1, 3, 20, 60, 100, 119), fc.nat({ max: ENTRIES - 1 }))
  .map(([column, count, from]) => {
    const bits = new Uint8Array(ENTRIES);
    for (let index = 0; index < count; index++) bits[(from + index * 7) % ENTRIES] = 1;
    return idsPass(column, bits, column === "sport" || column === "dport" ? 1 : 0);
  });

const predicate: fc.Arbitrary<Predicate> = fc.letrec<{ tree: Predicate }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    ids,
    fc.constantFrom<Predicate>({ is: "all" }, { is: "none" }),
    fc
      .tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("tree"), { minLength: 1, maxLength: 3 }))
      .map(([is, of]) => both(is, of)),
    tie("tree").map(not),
  ),
})).tree;

describe("toCondition", () => {
  let open: { readonly instance: DuckDBInstance; readonly connection: Awaited<ReturnType<DuckDBInstance["connect"]>> } | undefined;
  beforeAll(async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`CREATE TABLE s (id INTEGER, ${COLUMNS.map((name) => `"${name}" INTEGER`).join(", ")})`);
    const values = rows.map((row, id) => `(${[id, ...COLUMNS.map((column) => held(row, column))].join(", ")})`);
    await connection.run(`INSERT INTO s VALUES ${values.join(", ")}`);
    open = { instance, connection };
  });
  afterAll(() => {
    open?.connection.closeSync();
    open?.instance.closeSync();
  });

  it("selects the rows that pass the predicate, with every number bound", async () => {
    const connection = open?.connection;
    if (connection === undefined) throw new Error("not open");
    await fc.assert(
      fc.asyncProperty(predicate, async (tree) => {
        const { sql, values } = toCondition(tree, "q");
        expect(sql.replaceAll(/\$q\d+|"[a-z]+"|get_bit|INTEGER|TRUE|FALSE|NOT|AND|OR|IN/g, "")).toMatch(/^[ (),=:+01]*$/);
        const found = await run(connection, `SELECT id FROM s WHERE ${sql} ORDER BY id`, values);
        const expected = [...rows.keys()].filter((id) => passes(tree, { ids: (column) => held(rows[id] ?? [], column), uuid: "" }));
        expect((await found.getRows()).map(([id]) => Number(id))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
