/** Says what is wrong in a store whose reader was killed: rows against the committed position, each flow once, lines as they were. */
import type { FlowSink } from "#lib/flows/batch.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { WholeLog } from "./whole-log.ts";

const PAGE_ROWS = 1000;
const EVERYTHING = { include: [{ verdict: ["DROPPED"] }], exclude: [] };
const ALWAYS = { from: Date.UTC(2020), to: Date.UTC(2030) };
const LINES_COMPARED = 3;

export interface Checked {
  readonly offset: number;
  readonly rows: number;
  /** Empty is what is wanted. */
  readonly wrong: readonly string[];
}

/** `acknowledged` = the offset behind the last batch that the killed reader knew to be stored. */
export async function checkStore(store: FlowStore & FlowSink, log: WholeLog, feed: string, acknowledged: number): Promise<Checked> {
  const wrong: string[] = [];
  const offset = (await store.position(feed))?.offset ?? 0;
  if (offset < acknowledged) wrong.push(`stored up to ${offset}, acknowledged up to ${acknowledged}`);
  const expected = log.flows.filter((flow) => flow.end <= offset);
  const uuids = await storedUuids(store);
  if (new Set(uuids).size !== uuids.length) wrong.push(`${uuids.length - new Set(uuids).size} flows are stored twice`);
  if (uuids.length !== expected.length) wrong.push(`${uuids.length} rows for ${expected.length} flows before the position`);
  const found = new Set(uuids);
  const missing = expected.filter(({ uuid }) => !found.has(uuid)).length;
  if (missing > 0) wrong.push(`${missing} flows before the position are missing`);
  const status = await store.status();
  const counted = status.problem === undefined ? status.coverage.lines.flows - status.coverage.lines.duplicates : -1;
  if (counted !== expected.length) wrong.push(`${counted} flows counted, ${expected.length} are before the position`);
  for (let index = 0; index < LINES_COMPARED; index++) {
    const flow = expected[Math.floor((index * (expected.length - 1)) / (LINES_COMPARED - 1))];
    if (flow === undefined) continue;
    const detail = await store.flow(flow.uuid);
    if (detail.problem !== undefined) wrong.push(`${flow.uuid}: ${detail.problem.title}`);
    else if (detail.answer.line !== flow.line) wrong.push(`${flow.uuid}: another line than the log's`);
  }
  return { offset, rows: uuids.length, wrong };
}

async function storedUuids(store: FlowStore): Promise<string[]> {
  const uuids: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.flows({ window: ALWAYS, filter: EVERYTHING, text: "", after, limit: PAGE_ROWS, newestFirst: true });
    if (page.problem !== undefined) throw new Error(page.problem.detail);
    uuids.push(...page.answer.rows.map((row) => row.id));
    after = page.answer.next;
  } while (after !== undefined);
  return uuids;
}
