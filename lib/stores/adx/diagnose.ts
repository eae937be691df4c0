/** Why there may be nothing to see in Azure Data Explorer: checks from the outside in, each with what helps. */
import { formatTime } from "#lib/flows/flow-time.ts";
import type { Problem, StoreCheck } from "#lib/questions/answer.ts";
import { type Asking, askFor, everything } from "./asking.ts";
import { timeParameter } from "./kusto-query.ts";
import { msOfTime } from "./kusto-time.ts";
import { COUNT, rowShape, TEXT, TIME_OR_NONE } from "./row-shape.ts";
import { columnsNeeded, decodingCounts, tableOf, timeColumnOf } from "./table-rows.ts";

const ANSWER_ROW = rowShape(["Answer", COUNT]);
const COLUMN_ROW = rowShape(["ColumnName", TEXT], ["ColumnType", TEXT]);
const ROWS_ROW = rowShape(["Rows", COUNT], ["Newest", TIME_OR_NONE]);
const DECODED_ROW = rowShape(["Agents", COUNT], ["Claims", COUNT], ["Flows", COUNT]);

const STEPS = ["Cluster, sign-in and database", "Table", "Columns", "Rows", "Lines of Cilium agents", "Flows"] as const;
type Step = (typeof STEPS)[number];

/** All steps; those behind a bad one are unknown. */
export async function diagnose(asking: Asking): Promise<readonly StoreCheck[]> {
  const done: StoreCheck[] = [];
  const add = (what: Step, state: StoreCheck["state"], found: string, next = ""): void => void done.push({ what, state, found, next });
  const failed = (what: Step, { title, detail, next }: Problem): readonly StoreCheck[] => {
    add(what, "bad", `${title} ${detail}`, next);
    return withUnknown(done);
  };
  const table = tableOf(asking.settings);

  const reached = await askFor(asking.gateway, { body: "print Answer = 1", parameters: [] }, ANSWER_ROW);
  if (reached.problem) return failed("Cluster, sign-in and database", reached.problem);
  add("Cluster, sign-in and database", "good", "The cluster answers, and Weir may ask.");

  const schema = await askFor(
    asking.gateway,
    { body: `['${table}'] | getschema | project ColumnName, ColumnType`, parameters: [] },
    COLUMN_ROW,
  );
  if (schema.problem) {
    add(
      "Table",
      "bad",
      `${table}: ${schema.problem.detail}`,
      "Check --adx-database and --adx-table, and that Weir's identity may read the table.",
    );
    return withUnknown(done);
  }
  add("Table", "good", `${table} is there.`);

  const there = new Map(schema.results[0]);
  const missing = Object.entries(columnsNeeded(asking.settings)).filter(([name, type]) => !fits(there.get(name), type));
  if (missing.length > 0) {
    const list = missing.map(([name, type]) => `${name}: ${type}`).join(", ");
    add(
      "Columns",
      "bad",
      `${table} lacks ${list}.`,
      `Choose the shape that the table has (--adx-shape, now ${asking.settings.shape}); deploy/adx has the typed one.`,
    );
    return withUnknown(done);
  }
  add("Columns", "good", `All that the shape ${asking.settings.shape} needs.`);

  const { low, high } = everything(asking);
  const time = timeColumnOf(asking.settings);
  const inTime = `['${table}'] | where ${time} >= _low and ${time} < _high`;
  const parameters = [timeParameter("_low", low), timeParameter("_high", high)];
  const rows = await askFor(asking.gateway, { body: `${inTime} | summarize Rows = count(), Newest = max(${time})`, parameters }, ROWS_ROW);
  if (rows.problem) return failed("Rows", rows.problem);
  const [count, newest] = rows.results[0][0] ?? [0, null];
  if (count === 0 || newest === null) {
    add("Rows", "bad", `None in ${asking.settings.days} days.`, NOTHING_SHIPPED);
    return withUnknown(done);
  }
  add(
    "Rows",
    "good",
    `${count.toLocaleString("en-US")} in ${asking.settings.days} days, the newest of ${formatTime(newest)}${lagOf(asking.now() - msOfTime(newest))}.`,
  );

  const decoded = await askFor(asking.gateway, { body: `${inTime}\n${decodingCounts(asking.settings)}`, parameters }, DECODED_ROW);
  if (decoded.problem) return failed("Lines of Cilium agents", decoded.problem);
  const [agents, claims, flows] = decoded.results[0][0] ?? [0, 0, 0];
  if (agents === 0) {
    add("Lines of Cilium agents", "bad", "Rows of other containers only.", KUBE_SYSTEM_LEFT_OUT);
    return withUnknown(done);
  }
  add("Lines of Cilium agents", "good", `${agents.toLocaleString("en-US")} rows.`);
  if (flows === 0) {
    const found =
      claims === 0 ? "No line speaks of a flow." : `${claims.toLocaleString("en-US")} lines speak of a flow, and none could be read.`;
    add("Flows", "bad", found, claims === 0 ? EXPORTER_SILENT : CUT_LINES);
    return withUnknown(done);
  }
  const share = Math.round((flows / claims) * 1000) / 10;
  add("Flows", "good", `${flows.toLocaleString("en-US")} flows, ${share} % of the lines that speak of one.`);
  return done;
}

const NOTHING_SHIPPED =
  "Check that Fluent Bit runs, writes into this table, and may: its identity needs the role ingestor. Ingestion takes five minutes by default.";
const KUBE_SYSTEM_LEFT_OUT =
  "The agents run in kube-system, which published Fluent Bit configurations leave out (Exclude_Path *_kube-system_*), and Container Insights too unless told otherwise. Take that exclusion away; deploy/adx/fluent-bit.yaml has one that reads them.";
const EXPORTER_SILENT = "Turn the agents' exporter on with /dev/stdout as its file; the Exporter page writes the configuration.";
const CUT_LINES = "Lines may be cut: container runtimes split at 16 kB, and the shipper must join them (multiline.parser cri).";

/** Numbers of one kind stand for one another: a table made by hand often has long for int. */
function fits(have: string | undefined, wanted: string): boolean {
  const whole = ["int", "long"];
  return (
    have === wanted ||
    (wanted === "" && have !== undefined) ||
    (have !== undefined && whole.includes(have) && whole.includes(wanted)) ||
    (wanted === "dynamic" && have === "string")
  );
}

/** Only a lag that a person would ask about is told. */
function lagOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 10 ? "" : `, ${minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`} ago`;
}

function withUnknown(done: readonly StoreCheck[]): readonly StoreCheck[] {
  const rest = STEPS.slice(done.length).map((what): StoreCheck => ({ what, state: "unknown", found: "Not looked at yet.", next: "" }));
  return [...done, ...rest];
}
