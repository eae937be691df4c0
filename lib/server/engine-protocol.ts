/** What the main thread and the engine thread say to one another besides questions and answers. */
import { z } from "zod";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { Config } from "./config.ts";

/** Given to the engine at its start. */
export type EngineSettings = Pick<
  Config,
  | "dataDir"
  | "files"
  | "follow"
  | "stdin"
  | "agentLogs"
  | "relays"
  | "demo"
  | "retentionDays"
  | "retentionBytes"
  | "memoryMb"
  | "adx"
  | "fillHours"
>;

/** The questions of a FlowStore, by the name they cross the thread under. */
export const STORE_METHODS = [
  "status",
  "summary",
  "groups",
  "timeline",
  "facets",
  "flows",
  "flow",
  "coverage",
  "nearest",
] as const satisfies readonly (keyof FlowStore)[];

/** Steps of a replay, by the name they cross the thread under. */
export const REPLAY_METHODS = ["replay-open", "replay-step", "replay-close"] as const;

/** What the engine tells without being asked. */
export type EngineNews =
  | { readonly news: "ready"; readonly store: string; readonly feeds: readonly string[] }
  | { readonly news: "progress"; readonly feeds: readonly FeedReport[] }
  | { readonly news: "trouble"; readonly text: string }
  /** The store cannot be opened; trying again changes nothing. */
  | { readonly news: "refused"; readonly text: string };

export const newsSchema = z.discriminatedUnion("news", [
  z.object({ news: z.literal("ready"), store: z.string(), feeds: z.array(z.string()) }),
  z.object({ news: z.literal("progress"), feeds: z.array(z.custom<FeedReport>((value) => typeof value === "object" && value !== null)) }),
  z.object({ news: z.literal("trouble"), text: z.string() }),
  z.object({ news: z.literal("refused"), text: z.string() }),
]);
