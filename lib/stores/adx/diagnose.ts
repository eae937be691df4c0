/** Why there may be nothing to see in Azure Data Explorer: checks from the outside in, each with what helps. */
import { formatTime, msOfTime } from "#lib/flows/flow-time.ts";
import type { Problem, StoreCheck } from "#lib/questions/answer.ts";
import { type Asking, askFor, everything } from "./asking.ts";
import { DATABASE_MISSING, NOT_ALLOWED, SIGN_IN } from "./gateway-problems.ts";
import type { KustoGateway } from "./kusto-gateway.ts";
import { timeParameter } from "./kusto-query.ts";
import { type NodeSpan, nodeSpans } from "./node-spans.ts";
import { COUNT, rowShape, TEXT, TIME_OR_NONE } from "./row-shape.ts";
import { columnsNeeded, decodingCounts, tableOf, timeColumnOf } from "./table-rows.ts";

const ANSWER_ROW = rowShape(["Answer", COUNT]);
const COLUMN_ROW = rowShape(["ColumnName", TEXT], ["ColumnType", TEXT]);
const ROWS_ROW = rowShape(["Rows", COUNT], ["Newest", TIME_OR_NONE]);
const DECODED_ROW = rowShape(["Agents", COUNT], ["Claims", COUNT], ["Flows", COUNT]);

export const STEPS = [
  "Cluster",
  "Sign-in",
  "Database",
  "Table",
  "Columns",
  "Rows",
  "Newest row",
  "Lines of Cilium agents",
  "Flows",
  "Nodes",
] as const;
type Step = (typeof STEPS)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Ingestion takes five minutes by default; what is older than this has stopped, or nothing was logged. */
const LATE_MS = 30 * MINUTE;
/** A node that blocks nothing is silent too: only a long silence beside others that speak is worth a word. */
const SILENT_MS = 6 * HOUR;
const SILENT_NAMED = 4;
const READABLE_SHARE = 0.9;

/** All steps; those behind a bad one are unknown. */
export async function diagnose(asking: Asking): Promise<readonly StoreCheck[]> {
  const done: StoreCheck[] = [];
  const add = (what: Step, state: StoreCheck["state"], found: string, next = ""): void => void done.push({ what, state, found, next });
  const bad = (what: Step, found: string, next: string): readonly StoreCheck[] => {
    add(what, "bad", found, next);
    return withUnknown(done);
  };
  const failed = (what: Step, { title, detail, next }: Problem): readonly StoreCheck[] => bad(what, `${title} ${detail}`, next);
  const { settings } = asking;
  const gateway = askingAnew(asking.gateway);
  const table = tableOf(settings);

  const reached = await askFor(gateway, { body: "print Answer = 1", parameters: [] }, ANSWER_ROW);
  const door = reached.problem && doorOf(reached.problem);
  if (door === "Cluster" && reached.problem) return failed(door, reached.problem);
  add("Cluster", "good", "It answers.");
  if (door === "Sign-in" && reached.problem) return failed(door, reached.problem);
  add("Sign-in", "good", "The cluster knows who asks.");
  if (reached.problem) return failed("Database", reached.problem);
  add("Database", "good", "Weir may read it.");

  const schema = await askFor(gateway, { body: `['${table}'] | getschema | project ColumnName, ColumnType`, parameters: [] }, COLUMN_ROW);
  if (schema.problem) return bad("Table", `${table}: ${schema.problem.detail}`, CHECK_TABLE);
  add("Table", "good", `${table} is there.`);

  const there = new Map(schema.results[0]);
  const missing = Object.entries(columnsNeeded(settings)).filter(([name, type]) => !fits(there.get(name), type));
  if (missing.length > 0) {
    const list = missing.map(([name, type]) => (type === "" ? name : `${name}: ${type}`)).join(", ");
    return bad("Columns", `${table} lacks ${list}.`, otherShape(settings.shape));
  }
  add("Columns", "good", `All that the shape ${settings.shape} needs.`);

  const { low, high } = everything(asking);
  const time = timeColumnOf(settings);
  const inTime = `['${table}'] | where ${time} >= _low and ${time} < _high`;
  const parameters = [timeParameter("_low", low), timeParameter("_high", high)];
  const rows = await askFor(gateway, { body: `${inTime} | summarize Rows = count(), Newest = max(${time})`, parameters }, ROWS_ROW);
  if (rows.problem) return failed("Rows", rows.problem);
  const [count, newest] = rows.results[0][0] ?? [0, null];
  if (count === 0 || newest === null) return bad("Rows", `None in ${settings.days} days.`, NOTHING_SHIPPED);
  add("Rows", "good", `${counted(count, "row")} in ${settings.days} days.`);
  const age = asking.now() - msOfTime(newest);
  const isLate = age > LATE_MS;
  add("Newest row", isLate ? "doubtful" : "good", `${formatTime(newest)}, ${agoWords(age)}.`, isLate ? lateWords(settings.shape) : "");

  const decoded = await askFor(gateway, { body: `${inTime}\n${decodingCounts(settings)}`, parameters }, DECODED_ROW);
  if (decoded.problem) return failed("Lines of Cilium agents", decoded.problem);
  const [agents, claims, flows] = decoded.results[0][0] ?? [0, 0, 0];
  if (agents === 0) return bad("Lines of Cilium agents", "Rows of other containers only.", KUBE_SYSTEM_LEFT_OUT);
  add("Lines of Cilium agents", "good", `${counted(agents, "row")}.`);
  if (claims === 0) return bad("Flows", "No line speaks of a flow.", EXPORTER_SILENT);
  if (flows === 0) return bad("Flows", `${counted(claims, "line")} speak of a flow, and none could be read.`, CUT_LINES);
  const share = Math.floor((flows / claims) * 1000) / 10;
  const isTorn = flows < claims * READABLE_SHARE;
  add(
    "Flows",
    isTorn ? "doubtful" : "good",
    `${counted(flows, "flow")}, ${share} % of the lines that speak of one.`,
    isTorn ? CUT_LINES : "",
  );

  const nodes = await nodeSpans({ ...asking, gateway });
  if (nodes.problem) return failed("Nodes", nodes.problem);
  const { found, next } = nodeWords(nodes.spans, asking.now());
  add("Nodes", next === "" ? "good" : "doubtful", found, next);
  return done;
}

/** Whoever mends something looks again at once. */
function askingAnew(gateway: KustoGateway): KustoGateway {
  return { ...gateway, ask: (query, signal) => gateway.ask({ ...query, isKept: false }, signal) };
}

/** Which of the first three steps a refused question failed at. */
function doorOf({ title }: Problem): Step {
  if (title === SIGN_IN.problem.title) return "Sign-in";
  return title === NOT_ALLOWED.problem.title || title === DATABASE_MISSING ? "Database" : "Cluster";
}

const CHECK_TABLE =
  "Check --adx-database and --adx-table, and that Weir's identity may read the table. deploy/adx has the commands that make the typed one.";
const NOTHING_SHIPPED =
  "Check that Fluent Bit runs, writes into this table, and may: its identity needs the role ingestor. Ingestion takes five minutes by default.";
const KUBE_SYSTEM_LEFT_OUT =
  "The agents run in kube-system, which published Fluent Bit configurations leave out (Exclude_Path *_kube-system_*), and Container Insights too unless told otherwise. Take that exclusion away; deploy/adx/fluent-bit.yaml has one that reads them.";
const EXPORTER_SILENT = "Turn the agents' exporter on with /dev/stdout as its file; the Exporter page writes the configuration.";
const CUT_LINES = "Lines may be cut: container runtimes split at 16 kB, and the shipper must join them (multiline.parser cri).";

function otherShape(shape: string): string {
  return `Choose the shape that the table has (--adx-shape, now ${shape}); deploy/adx has the typed one.`;
}

/** Where every container's lines arrive, silence is the shipper's; where only blocked flows do, it may be good news. */
function lateWords(shape: string): string {
  const maybe =
    shape === "container-logs" || shape === "container-log-v2" || shape === "fluent-bit"
      ? ""
      : "If nothing was blocked since then, all is well. Else: ";
  return `${maybe}${maybe === "" ? "Check" : "check"} that Fluent Bit still runs and may write (its own log says), and .show ingestion failures in the database.`;
}

function nodeWords(spans: readonly NodeSpan[], now: number): { readonly found: string; readonly next: string } {
  if (spans.length === 0) return { found: "No flow says its node.", next: "" };
  const newest = Math.max(...spans.map((span) => span.newest));
  const silent = spans.filter((span) => newest - span.newest > SILENT_MS).toSorted((a, b) => a.newest - b.newest);
  const all = `Flows of ${counted(spans.length, "node")}`;
  if (silent.length === 0) return { found: `${all}, each heard within ${SILENT_MS / HOUR} hours of the newest flow.`, next: "" };
  const names = silent.slice(0, SILENT_NAMED).map((span) => `${span.node} (${agoWords(now - span.newest)})`);
  const more = silent.length > SILENT_NAMED ? ` and ${counted(silent.length - SILENT_NAMED, "other")}` : "";
  return {
    found: `${all}. Silent for more than ${SILENT_MS / HOUR} hours while others are heard: ${names.join(", ")}${more}.`,
    next: "Nothing may have been blocked there. If that is not likely, look at the Fluent Bit pod of that node: one pod may stop shipping alone.",
  };
}

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

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function agoWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) return "just now";
  if (minutes < 120) return `${counted(minutes, "minute")} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`;
}

function withUnknown(done: readonly StoreCheck[]): readonly StoreCheck[] {
  const rest = STEPS.slice(done.length).map((what): StoreCheck => ({ what, state: "unknown", found: "Not looked at yet.", next: "" }));
  return [...done, ...rest];
}
