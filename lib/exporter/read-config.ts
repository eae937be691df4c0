/** Reads a pasted configuration as an agent of the target version reads it, and says where in the text everything stands. */
import type { ExporterConfig, TargetVersion } from "./config.ts";
import type { Finding, TextPlace } from "./finding.ts";

/** What was pasted. `helm-dynamic` and `helm-static` are values files, `other` is valid text that holds no exporter configuration. */
export type PastedForm = "flowlogs" | "config-map" | "helm-dynamic" | "helm-static" | "other";

/** What an agent of the target version does with the text. */
export type AgentVerdict =
  | {
      readonly is: "accepted";
      /** Entry name to the reason why that entry does not run; the others do. */
      readonly entryErrors: ReadonlyMap<string, string>;
      readonly error?: never;
    }
  | {
      readonly is: "rejected";
      /** `parse`: no configuration could be read at all. `validate`: it was read, and names or paths are missing or double. */
      readonly class: "parse" | "validate";
      /** As close to the agent's own message as can be said. */
      readonly error: string;
    };

export interface ReadConfig {
  readonly form: PastedForm;
  readonly verdict: AgentVerdict;
  /** What the agent has then: undefined when it rejects the text and keeps what it had. */
  readonly config: ExporterConfig | undefined;
  /** The parsed entries in canonical spelling (filters snake_case, enums by name, zero values left out); null filters stay null. */
  readonly agentEntries: readonly unknown[];
  /** The same with every mistake mended that has one obvious meaning; what to go on editing with. Equal to `config` when nothing was mended. */
  readonly draft: ExporterConfig;
  /** What reading found: rejections, ignored keys, mended values. What the configuration means is `checkConfig`'s to judge. */
  readonly findings: readonly Finding[];
  /** Where the parts of `draft` stand in the text. */
  readonly places: ConfigPlaces;
}

/** Where things stand in the pasted text; undefined where the text has no such thing. */
export interface ConfigPlaces {
  of(path: readonly (string | number)[]): TextPlace | undefined;
}

export const NO_PLACES: ConfigPlaces = { of: () => undefined };

export interface ReadOptions {
  readonly version: TargetVersion;
}

/** Longest text that is read, in UTF-16 code units: a ConfigMap holds 1 MiB at most. */
export const MAX_CONFIG_TEXT = 1_100_000;
/** Most entries that are read; the agent has no limit, a page has. */
export const MAX_ENTRIES = 500;
