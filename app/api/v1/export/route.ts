import type { FlowRow, GroupRow, Problem } from "#lib/questions/answer.ts";
import { flowsQuestion, groupsQuestion } from "#lib/server/ask.ts";
import { EXPORT_CAPS } from "#lib/url/api-links.ts";
import { chosenBy } from "#lib/url/default-by.ts";
import { type Fields, fieldsOfFlows, fieldsOfGroups } from "../_api/export-fields.ts";
import { exportStream, type Page } from "../_api/export-stream.ts";
import { type Call, guarded } from "../_api/handle.ts";
import { exportParameters } from "../_api/parameters.ts";
import { problemResponse, unreadableProblem } from "../_api/respond.ts";

type ExportCall = Call<typeof exportParameters>;
type NextPage<Row> = Page<Row> | { readonly problem: Problem };

const FLOWS_PER_PAGE = 1000;
const GROUPS_PER_PAGE = 5000;

export function GET(request: Request): Promise<Response> {
  return guarded(request, exportParameters, (call) => {
    const { columns } = call.asked.search;
    if (call.values.view === "flows") return respond<FlowRow>(call, fieldsOfFlows(columns), () => flowsPage(call, undefined));
    const fields = fieldsOfGroups(columns, chosenBy(call.asked.search));
    return respond<GroupRow>(call, fields, () => groupsPage(call, 0));
  });
}

async function respond<Row>(
  { asked, values: { view, format } }: ExportCall,
  { fields, unreadable }: Fields<Row>,
  firstPage: () => Promise<NextPage<Row>>,
): Promise<Response> {
  if (unreadable.length > 0) return problemResponse(unreadableProblem(unreadable));
  const first = await firstPage();
  if ("problem" in first) return problemResponse(first.problem);
  const cap = EXPORT_CAPS[view];
  const day = new Date(asked.now).toISOString().slice(0, 16).replace(":", "");
  return new Response(exportStream({ format, fields, cap, first }), {
    headers: {
      "content-type": format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="weir-${view}-${day}Z.${format}"`,
      "cache-control": "no-store",
      "x-weir-row-cap": String(cap),
      "x-weir-window": `${new Date(asked.question.window.from).toISOString()}/${new Date(asked.question.window.to).toISOString()}`,
    },
  });
}

async function flowsPage(call: ExportCall, after: string | undefined): Promise<NextPage<FlowRow>> {
  const { problem, answer } = await call.store.flows(flowsQuestion(call.asked, after, FLOWS_PER_PAGE, call.asked.search.descending));
  if (problem !== undefined) return { problem };
  const { next } = answer;
  return { rows: answer.rows, next: next === undefined ? undefined : () => flowsPage(call, next) };
}

async function groupsPage(call: ExportCall, offset: number): Promise<NextPage<GroupRow>> {
  const by = chosenBy(call.asked.search);
  const { problem, answer } = await call.store.groups(groupsQuestion(call.asked, { by, limit: GROUPS_PER_PAGE, offset }));
  if (problem !== undefined) return { problem };
  const end = offset + answer.rows.length;
  const isLast = answer.rows.length === 0 || end >= answer.total;
  return { rows: answer.rows, next: isLast ? undefined : () => groupsPage(call, end) };
}
