/** What one criterion is: the record that says everything about it, and what can go wrong when its values are built into a test. */
import type { z } from "zod";
import type { Flow } from "#lib/flows/flow.ts";
import type { Clause } from "./filter.ts";
import type { PartName, PartTest } from "./flow-part.ts";

export type CriterionName = keyof Clause;
export type ValuesOf<N extends CriterionName> = NonNullable<Clause[N]>;
export type AnyValue = ValuesOf<CriterionName>[number];

/** Cilium releases in which a criterion of an exporter filter first worked, oldest first. */
export const CILIUM_VERSIONS = ["1.13", "1.14", "1.15", "1.16", "1.17", "1.18", "1.19", "1.20"] as const;
export type CiliumVersion = (typeof CILIUM_VERSIONS)[number];

export function isBefore(version: CiliumVersion, since: CiliumVersion): boolean {
  return CILIUM_VERSIONS.indexOf(version) < CILIUM_VERSIONS.indexOf(since);
}

/**
 * `parse`: an agent would refuse the whole file the filter stands in. `build`: an agent would refuse only the exporter entry.
 * `unsupported`: legal for an agent, but nothing that Weir keeps of a flow could answer it.
 */
export type ProblemClass = "parse" | "build" | "unsupported";

export interface ValueProblem {
  readonly class: ProblemClass;
  /** Index of the value at fault. */
  readonly position: number;
  readonly reason: string;
}

/** A filter that means nothing: which criterion, where, and why. */
export interface FilterProblem {
  readonly class: ProblemClass;
  readonly list: "include" | "exclude" | undefined;
  /** Index of the clause in its list; undefined = the filter itself. */
  readonly clause: number | undefined;
  /** As written, which need not be a criterion; empty = the clause itself. */
  readonly criterion: string;
  readonly position: number | undefined;
  readonly reason: string;
}

/** Events of an exporter that are no flows. */
export const NON_FLOWS = ["lost_events", "agent_event", "debug_event"] as const;
export interface NonFlow {
  readonly kind: (typeof NON_FLOWS)[number];
  /** Number of the agent or debug event's type; lost events have none. */
  readonly type: number;
}

/** What CEL says of one message, given as JSON (undefined = an event that is no flow); undefined where an agent's run ends in an error. */
export type CelTest = (json: unknown) => boolean | undefined;

/** What criteria may need that neither filter nor flow holds. */
export interface BuildContext {
  /** Compiles CEL as agents of a release do; a large part, so it is not here where nobody asks for it. */
  readonly compileCel?: (
    text: string,
    version: CiliumVersion,
  ) => { readonly built: CelTest } | { readonly reason: string; readonly class?: ProblemClass };
  /** The flow's message as JSON. Without it or the compiler, CEL is unsupported. */
  readonly messageOf?: (flow: Flow) => unknown;
}

export type Built =
  | {
      readonly test: PartTest;
      /** Whether an event that is no flow passes; without it none does. */
      readonly passesNonFlow?: (event: NonFlow) => boolean;
      readonly problem?: never;
    }
  | { readonly problem: ValueProblem; readonly test?: never };

/** Everything a filter can be written as. `store` = a question to the embedded store, `kql` = Azure Data Explorer, `agent` = FlowFilter JSON and YAML, `cli` = flags of `hubble observe`. */
export const SPELLINGS = ["store", "kql", "agent", "cli", "sentence", "url"] as const;
export type Spelling = (typeof SPELLINGS)[number];

/** `yes`: whatever its values; `translated`: some values, in other words; else why not. */
export type Carriage = "yes" | "translated" | { readonly not: string };
export type CarriedBy = { readonly [S in Spelling]: Carriage };

/** Where a criterion stands in a sentence about a filter. */
export type SentencePlace = "sender" | "destination" | "port" | "what" | "where" | "other";

/** Everything about one criterion. */
export interface Criterion<N extends CriterionName> {
  readonly name: N;
  /** A criterion of Cilium's FlowFilter and the release that brought it, or one of Weir's own and how Cilium could say it. */
  readonly origin: { readonly kind: "cilium"; readonly since: CiliumVersion } | { readonly kind: "weir"; readonly inCilium: string };
  /** Reads the JSON value; its output is what `build` takes. */
  readonly schema: z.ZodType<ValuesOf<N>>;
  /** What a chip calls it: "namespace". */
  readonly label: string;
  readonly help: string;
  readonly place: SentencePlace;
  /** The parts of a flow that are looked at. */
  readonly parts: readonly PartName[];
  readonly carriedBy: CarriedBy;
  /** The exact rule: what the values, of which any may be met, let through. */
  build(values: ValuesOf<N>, context: BuildContext): Built;
  /** What it asks of the clause's other criteria; undefined = it is content. */
  readonly clash?: (clause: Clause) => string | undefined;
  /** What an agent of this version refuses of one value (as JSON) that is right here; undefined = nothing. */
  readonly agentRefuses?: (
    value: unknown,
    version: CiliumVersion,
    context: BuildContext,
  ) => { readonly class: ProblemClass; readonly reason: string } | undefined;
  /** One value as a chip shows it. */
  valueText(value: ValuesOf<N>[number]): string;
  /** The criterion in a sentence, from its values as shown: "port 443 or 8443". */
  phrase(values: readonly string[]): string;
}

const CARRIED: CarriedBy = { store: "yes", kql: "yes", agent: "yes", cli: "yes", sentence: "yes", url: "yes" };

/** Carried by every spelling but those said otherwise. */
export function carriedBy(otherwise: Partial<CarriedBy> = {}): CarriedBy {
  return { ...CARRIED, ...otherwise };
}

const LONGEST_REASON = 200;

/** Reasons quote what they are about, which may be 64 kB. */
export function shortened(text: string): string {
  return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}…` : text;
}

export function refused(position: number, reason: string, problemClass: ProblemClass = "build"): { readonly problem: ValueProblem } {
  return { problem: { class: problemClass, position, reason: shortened(reason) } };
}

/** Builds every value, and stops at the first that cannot be. */
export function buildEach<V, T>(
  values: readonly V[],
  build: (value: V) => { readonly built: T } | { readonly reason: string; readonly class?: ProblemClass },
): { readonly built: readonly T[] } | { readonly problem: ValueProblem } {
  const built: T[] = [];
  for (const [position, value] of values.entries()) {
    const one = build(value);
    if ("reason" in one) return refused(position, one.reason, one.class);
    built.push(one.built);
  }
  return { built };
}
