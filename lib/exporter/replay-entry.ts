/** One entry of a configuration over stored flows. */

import { createMask, type FlowMessage, utf8Length } from "#lib/filters/apply-mask.ts";
import { checkFilter } from "#lib/filters/check-filter.ts";
import { type CompiledClause, type CompiledFilter, compileFilter } from "#lib/filters/compile-filter.ts";
import type { BuildContext } from "#lib/filters/criterion.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { Reason } from "#lib/flows/reason.ts";
import type { ExporterEntry, TargetVersion } from "./config.ts";
import type { Exported } from "./exported.ts";
import { createAggregation } from "./replay-aggregation.ts";
import { createNoise } from "./replay-noise.ts";
import type { EntryReplay, FailedCriterion, FlowExample, NodeLoad, WhyNot } from "./replay-result.ts";

export interface EntryFold {
  add(flow: Flow, exported: Exported): void;
  result(): EntryReplay;
}

const MOST_EXAMPLES = 6;
/** Nodes beyond this many are left out; no cluster that Cilium runs has more. */
const MOST_NODES = 10_000;
const SHOWN_NODES = 20;

export function createEntryReplay(entry: ExporterEntry, version: TargetVersion, context: BuildContext): EntryFold {
  const filter = compileFilter({ include: entry.includeFilters, exclude: entry.excludeFilters }, context);
  const mask = createMask(entry.fieldMask, { version });
  const refused = refusalOf(entry, version) ?? filter.problem?.reason ?? mask.error?.reason;
  if (refused !== undefined || filter.problem || mask.error) return refusedEntry(entry.name, refused ?? "it cannot be built");
  return runningEntry(entry, filter, (message) => mask.linesOf(message)[0], version);
}

/** What agents of the target would refuse, whatever Weir could make of it. */
function refusalOf({ includeFilters, excludeFilters }: ExporterEntry, version: TargetVersion): string | undefined {
  return checkFilter({ include: includeFilters, exclude: excludeFilters }, version).find(({ effect }) => effect !== "changes-meaning")
    ?.reason;
}

function refusedEntry(name: string, refused: string): EntryFold {
  return {
    add: () => undefined,
    result: () => ({
      name,
      refused,
      matched: 0,
      notMatched: 0,
      reasons: {},
      bytesFull: 0,
      bytesMasked: 0,
      unsized: 0,
      examplesMatched: [],
      examplesNotMatched: [],
      failed: [],
      nodes: [],
      noise: [],
      aggregation: undefined,
    }),
  };
}

function runningEntry(
  entry: ExporterEntry,
  filter: CompiledFilter,
  written: (message: FlowMessage) => string,
  version: TargetVersion,
): EntryFold {
  let matched = 0;
  let notMatched = 0;
  let bytesFull = 0;
  let bytesMasked = 0;
  let unsized = 0;
  const reasons = new Map<Reason, number>();
  const nodes = new Map<string, { flows: number; bytes: number }>();
  const failed = new Map<string, FailedCriterion>();
  const [examplesMatched, examplesNotMatched] = [new Map<string, FlowExample>(), new Map<string, FlowExample>()];
  const noise = createNoise();
  const aggregation = createAggregation(entry, version);

  const take = (flow: Flow, exported: Exported) => {
    matched++;
    reasons.set(flow.reason, (reasons.get(flow.reason) ?? 0) + 1);
    const { message } = exported;
    const isMasked = message !== undefined && entry.fieldMask.length > 0;
    const line = isMasked ? written(message) : exported.line;
    const bytes = isMasked ? utf8Length(line) + 1 : exported.bytes;
    if (message === undefined) unsized++;
    bytesFull += exported.bytes;
    bytesMasked += bytes;
    load(nodes, flow.node, bytes);
    noise.add(flow, bytes);
    aggregation?.add(flow, message, bytes);
    keep(examplesMatched, `${flow.reason} ${flow.eventType} ${flow.protocol}`, () => ({
      line: exported?.line ?? "",
      written: line,
      why: [],
    }));
  };

  const leave = (flow: Flow, exported: Exported) => {
    notMatched++;
    const why = whyNot(filter, flow);
    for (const one of why) countFailure(failed, one);
    const signature = why.map(({ list, clause, criterion }) => `${list} ${clause} ${criterion ?? ""}`).join(", ");
    keep(examplesNotMatched, signature, () => ({ line: exported.line, written: undefined, why }));
  };

  return {
    add: (flow, exported) => (filter.matches(flow) ? take(flow, exported) : leave(flow, exported)),
    result: () => ({
      name: entry.name,
      refused: undefined,
      matched,
      notMatched,
      reasons: Object.fromEntries(reasons),
      bytesFull,
      bytesMasked,
      unsized,
      examplesMatched: [...examplesMatched.values()],
      examplesNotMatched: [...examplesNotMatched.values()],
      failed: [...failed.values()].toSorted((a, b) => b.flows - a.flows),
      nodes: heaviest(nodes),
      noise: noise.top(),
      aggregation: aggregation?.effect(),
    }),
  };
}

/** Of each include clause the first criterion that the flow fails; where one matches, the exclude clause that does too. */
function whyNot({ include, exclude }: CompiledFilter, flow: Flow): readonly WhyNot[] {
  const failures = include.map((clause, index): WhyNot | undefined => {
    const criterion = firstFailed(clause, flow);
    return criterion === undefined ? undefined : { list: "include", clause: index, criterion };
  });
  if (include.length > 0 && failures.every((failure) => failure !== undefined)) return failures;
  const excluding = exclude.findIndex((clause) => clause.matches(flow));
  return excluding < 0 ? [] : [{ list: "exclude", clause: excluding }];
}

function firstFailed({ tests }: CompiledClause, flow: Flow): string | undefined {
  return tests.find(({ test }) => !test.matchesFlow(flow))?.criterion;
}

function countFailure(failed: Map<string, FailedCriterion>, { list, clause, criterion = "" }: WhyNot): void {
  const key = `${list} ${clause} ${criterion}`;
  const flows = (failed.get(key)?.flows ?? 0) + 1;
  failed.set(key, { list, clause, criterion, flows });
}

/** One example of each sort, as long as there is room. */
function keep(examples: Map<string, FlowExample>, sort: string, make: () => FlowExample): void {
  if (examples.size < MOST_EXAMPLES && !examples.has(sort)) examples.set(sort, make());
}

function load(nodes: Map<string, { flows: number; bytes: number }>, node: string, bytes: number): void {
  const found = nodes.get(node);
  if (found !== undefined) {
    found.flows++;
    found.bytes += bytes;
  } else if (nodes.size < MOST_NODES) nodes.set(node, { flows: 1, bytes });
}

function heaviest(nodes: ReadonlyMap<string, { readonly flows: number; readonly bytes: number }>): readonly NodeLoad[] {
  return [...nodes]
    .map(([node, { flows, bytes }]) => ({ node, flows, bytes }))
    .toSorted((a, b) => b.bytes - a.bytes || b.flows - a.flows)
    .slice(0, SHOWN_NODES);
}
