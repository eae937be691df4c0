/** From a question's filter, scope and text to a predicate over dictionary ids. The meaning stays in lib/filters: its tests are run as they are. */
import { type CompiledClause, type CompiledFilter, compileFilter } from "#lib/filters/compile-filter.ts";
import type { FilterProblem } from "#lib/filters/criterion.ts";
import type { Clause, Filter } from "#lib/filters/filter.ts";
import type { PartName, PartTest } from "#lib/filters/flow-part.ts";
import { UUID_NONE } from "#lib/flows/uuid-words.ts";
import { inScope, type Scope } from "#lib/questions/scope.ts";
import { textTests } from "#lib/questions/text-match.ts";
import type { Lexicon } from "./lexicon.ts";
import { both, type IdColumn, idsPass, not, type Predicate } from "./predicate.ts";

export interface Asked {
  readonly predicate: Predicate;
  /** Every uuid the filter names: their flows have to be looked at one by one. */
  readonly uuids: readonly string[];
  readonly problem?: never;
}

export interface PredicateMaker {
  predicateOf(filter: Filter, scope: Scope, text: string): Asked | { readonly problem: FilterProblem };
}

/** Results of tests that are remembered; each is one byte per dictionary entry. */
const REMEMBERED = 64;

interface Remembered {
  passes: Uint8Array;
  upTo: number;
}

/** Remembers what a test said of each entry, so that a grown dictionary costs its new entries only. */
export function createPredicateMaker(lexicon: Lexicon): PredicateMaker {
  const remembered = new Map<string, Remembered>();

  const testEach = (key: string, size: number, test: (id: number) => boolean): Uint8Array => {
    const known = remembered.get(key) ?? { passes: new Uint8Array(0), upTo: 0 };
    remembered.delete(key);
    remembered.set(key, known);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED) break;
      remembered.delete(oldest);
    }
    if (known.upTo < size) {
      const passes = new Uint8Array(size);
      passes.set(known.passes);
      for (let id = known.upTo; id < size; id++) passes[id] = test(id) ? 1 : 0;
      known.passes = passes;
      known.upTo = size;
    }
    return known.passes;
  };
  const ids = (column: IdColumn, key: string, size: number, test: (id: number) => boolean, shift = 0): Predicate =>
    idsPass(column, testEach(`${column} ${key}`, size, test), shift);

  /** `key` says which test it is, in all of its values. */
  const predicateOfTest = (key: string, test: PartTest): Predicate => {
    const { senders, places, endpoints, addresses, nodes, policies, events, frames, details } = lexicon;
    const onEndpoint = (entryTest: (id: number) => boolean): Uint8Array => testEach(`endpoint ${key}`, endpoints.length, entryTest);
    switch (test.part) {
      case "source": {
        const passed = onEndpoint((id) => matches(endpoints[id]?.record, test.matches));
        return ids("sender", key, senders.length, (id) => passed[senders[id]?.endpoint ?? -1] === 1);
      }
      case "destination": {
        const passed = onEndpoint((id) => matches(endpoints[id]?.record, test.matches));
        return ids("place", key, places.length, (id) => passed[places[id]?.endpoint ?? -1] === 1);
      }
      case "pod":
        return ids("sender", key, senders.length, (id) => matches(senders[id]?.pod, test.matches));
      case "workload":
        return ids("sender", key, senders.length, (id) => matches(senders[id]?.workload, test.matches));
      case "cluster":
        return ids("sender", key, senders.length, (id) => matches(senders[id]?.cluster, test.matches));
      case "source_ip":
        return ids("sip", key, addresses.texts.length, (id) => matches(addresses.texts[id], test.matches));
      case "destination_ip":
        return ids("ip", key, addresses.texts.length, (id) => matches(addresses.texts[id], test.matches));
      case "destination_names":
        return ids("place", key, places.length, (id) => matches(places[id]?.names, test.matches));
      case "node":
        return ids("node", key, nodes.length, (id) => matches(nodes[id]?.name, test.matches));
      case "denied_by":
        return ids("policies", key, policies.length, (id) => matches(policies[id]?.deniedBy, test.matches));
      case "event":
        return ids("event", key, events.length, (id) => matches(events[id], test.matches));
      case "source_port":
        return ids("sport", key, PORTS, (id) => test.matches(id - 1), 1);
      case "destination_port":
        return ids("dport", key, PORTS, (id) => test.matches(id - 1), 1);
      case "any":
        return both(
          "or",
          test.of.map((one, index) => predicateOfTest(`${key} ${index}`, one)),
        );
      case "all":
        return both(
          "and",
          test.of.map((one, index) => predicateOfTest(`${key} ${index}`, one)),
        );
      case "source_names":
        return ids("detail", key, details.length, (id) => matches(details[id]?.sourceNames, test.matches));
      case "node_labels":
        return ids("detail", key, details.length, (id) => matches(details[id]?.nodeLabels, test.matches));
      case "detail":
        return ids("detail", key, details.length, (id) => matches(details[id]?.detail, test.matches));
      case "line":
        throw new Error(`no dictionary holds ${test.part}: unanswerable() comes first`);
      case "uuid": {
        const none = test.matches("");
        const withoutUuid = ids("frame", key, frames.size, (id) => none && frames.at(id)[2] === UUID_NONE);
        return { is: "uuid", test: test.matches, withoutUuid };
      }
    }
  };

  const clausePredicate = (clause: Clause, compiled: CompiledClause): Predicate =>
    both(
      "and",
      compiled.tests.map(({ criterion, test }) => predicateOfTest(`${criterion} ${JSON.stringify(clause[criterion])}`, test)),
    );
  const anyOf = (clauses: readonly Clause[], compiled: readonly CompiledClause[]): Predicate =>
    both(
      "or",
      clauses.map((clause, index) => clausePredicate(clause, compiled[index] ?? NEVER)),
    );

  return {
    predicateOf: (filter, scope, text) => {
      const compiled = compileFilter(filter);
      if (compiled.problem) return { problem: compiled.problem };
      const problem = unanswerable(compiled);
      if (problem) return { problem };
      const { events } = lexicon;
      const counted = ids("event", `scope ${JSON.stringify(scope)}`, events.length, (id) =>
        matches(events[id], (event) => inScope(scope, event)),
      );
      const tests = textTests(text);
      const parts = [counted];
      if (filter.include.length > 0) parts.push(anyOf(filter.include, compiled.include));
      if (filter.exclude.length > 0) parts.push(not(anyOf(filter.exclude, compiled.exclude)));
      if (tests.length > 0)
        parts.push(
          both(
            "or",
            tests.map((test, index) => predicateOfTest(`text ${index} ${text}`, test)),
          ),
        );
      const uuids = [...filter.include, ...filter.exclude].flatMap((clause) => clause.uuid ?? []);
      return { predicate: both("and", parts), uuids: [...new Set(uuids)] };
    },
  };
}

/** -1 to 65535. */
const PORTS = 65_537;
const NEVER: CompiledClause = { tests: [], matches: () => false, matchesNonFlow: () => false };

const UNKEPT: ReadonlySet<string> = new Set(["line"] satisfies PartName[]);

/** The first criterion that looks at what no dictionary holds. */
function unanswerable({ include, exclude }: CompiledFilter): FilterProblem | undefined {
  for (const [list, clauses] of [["include", include] as const, ["exclude", exclude] as const]) {
    for (const [clause, { tests }] of clauses.entries()) {
      const found = tests.find(({ test }) => partsOf(test).some((part) => UNKEPT.has(part)));
      if (!found) continue;
      const reason = "the store does not keep what this criterion looks at";
      return { class: "unsupported", list, clause, criterion: found.criterion, position: undefined, reason };
    }
  }
  return undefined;
}

function partsOf(test: PartTest): readonly PartName[] {
  return "of" in test ? test.of.flatMap(partsOf) : [test.part];
}

function matches<T>(value: T | undefined, test: (value: T) => boolean): boolean {
  return value !== undefined && test(value);
}
