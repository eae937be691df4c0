/** What the API promises about coverage: zod schemas that fail to compile when the answer types change. */
import { z } from "zod";
import { DIMENSIONS } from "#lib/flows/dimension.ts";
import type { Coverage, CoverageDetails, Problem } from "#lib/questions/answer.ts";
import { PROBLEM_KINDS } from "#lib/questions/answer.ts";
import { GAP_CAUSES, HEARINGS } from "#lib/questions/source-report.ts";
import type { OnTheWire } from "./on-the-wire.ts";

export const instant = z.string().describe("RFC 3339, up to nanoseconds");
const count = z.number().int().min(0);
const counts = z.record(z.string(), count);

const checkSchema = z.strictObject({
  what: z.string(),
  state: z.enum(["good", "doubtful", "bad", "unknown"]),
  found: z.string(),
  next: z.string(),
});

const nodePackets = z.array(z.strictObject({ node: z.string(), packets: count }));

export const coverageSchema: z.ZodType<OnTheWire<Coverage>> = z
  .strictObject({
    store: z.string().describe("What the store is, for people"),
    unavailable: z
      .partialRecord(z.enum([...DIMENSIONS, "label"]), z.string())
      .optional()
      .describe("What the store cannot tell, and why; absent where every flow is there whole"),
    window: z.strictObject({ from: instant, to: instant }).describe("The window that was searched, from <= time < to"),
    span: z.strictObject({ oldest: instant, newest: instant }).optional().describe("What the store holds; absent = no flow at all"),
    lines: z
      .strictObject({
        total: count,
        flows: count,
        notices: count,
        agent: count,
        rejected: count,
        rejectedBy: counts,
        duplicates: count.describe("Flows met again and not stored twice; they count in flows"),
      })
      .describe("total = flows + notices + agent + rejected"),
    lost: counts.describe("Events that Hubble itself lost, by source"),
    feeds: z.array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(["file", "stdin", "demo", "agent-logs", "relay"]),
        state: z.enum(["waiting", "reading", "following", "done", "failed", "stopped"]),
        trouble: z.string(),
        bytesRead: z.number(),
        bytesTotal: z.number().describe("0 = not known"),
        flowsPerSecond: z.number(),
        secondsLeft: z.number().optional(),
        sources: z
          .strictObject({
            all: count,
            heard: count.describe("Of which nothing is known to be missing now"),
            withGaps: count.describe("With a time in which lines may be missing"),
            shed: count.optional().describe("Lines left out because the store could not follow"),
          })
          .optional()
          .describe("For feeds with many sources, such as agent logs"),
      }),
    ),
    nodes: count,
    demo: z.strictObject({ seed: z.number() }).optional().describe("Present when the data is made up"),
    truncated: z.strictObject({ shown: count, total: count }).optional().describe("Rows left out because of a cap"),
    shipped: z
      .strictObject({ checks: z.array(checkSchema).describe("What was found on the way to the flows; empty where there are some") })
      .optional()
      .describe("Present where others fill the store: what never arrived there, or could not be read, is not known"),
    filled: z
      .strictObject({
        history: z.string().describe("The store that lags"),
        since: instant.optional().describe("Flows from here on come from feeds of this machine; absent = that store has all of them"),
        newest: instant.optional().describe("Of what it holds; absent = nothing, or it cannot be asked"),
        missing: count.describe("Packets that only one side has and that are left out; 0 = answers are whole"),
        waitingFor: nodePackets.describe("What it does not have yet, by node"),
        unheard: nodePackets.describe("What no feed showed since then, by node"),
        alone: z
          .strictObject({ kind: z.enum(PROBLEM_KINDS), title: z.string(), detail: z.string(), next: z.string() })
          .optional()
          .describe("Why it cannot be asked: then only flows of feeds are in the answer"),
      })
      .optional()
      .describe("Present where feeds show what a lagging store does not have yet"),
  })
  .describe("What was really looked at");

const words = z.strictObject({ time: z.string(), level: z.string(), text: z.string() });
const sourceSchema = z.strictObject({
  feed: z.string(),
  node: z.string(),
  name: z.string().describe("The pod"),
  hearing: z.enum(HEARINGS).describe("What its silence, or its speech, means"),
  goneSince: instant.optional().describe("When its pod was found to be gone; absent while it is there"),
  trouble: z.string(),
  version: z.string().describe("Of Cilium; empty = not known"),
  lastLine: z.string().describe("RFC 3339; empty = none"),
  lastFlow: z.string().describe("RFC 3339; empty = none"),
  flowsPerSecond: z.number(),
  lines: count,
  flows: count,
  rejected: count,
  sample: z.string().describe("Beginning of the newest line that was not understood"),
  lost: count.describe("Events that Hubble lost there"),
  repeated: count.describe("Lines that came again and were left out"),
  reopened: count,
  shed: count.optional().describe("Lines left out because the store could not follow; absent = this feed waits instead"),
  gaps: count.describe("How often lines may be missing"),
  lastGap: z.strictObject({ from: instant, to: instant, why: z.enum(GAP_CAUSES) }).optional(),
  exporter: z.array(words).describe("What the agent said about its exporter"),
  hubble: z
    .strictObject({ seen: count.optional(), held: count.optional(), room: count.optional() })
    .optional()
    .describe("Of a node behind Hubble Relay: flows seen, blocked or not, and the size of its ring"),
});

export const coverageDetailsSchema: z.ZodType<OnTheWire<CoverageDetails>> = z.strictObject({
  nodes: z.array(z.strictObject({ node: z.string(), newest: instant, oldest: instant, flows: count })),
  checks: z.array(checkSchema).optional().describe("Of a store that others fill: what was found, step by step"),
  sources: z.array(sourceSchema).optional().describe("Every stream of the feeds that run now"),
  samples: z.array(z.strictObject({ feed: z.string(), reason: z.string(), detail: z.string(), sample: z.string() })),
  agentWords: z.array(words),
});

export const problemSchema: z.ZodType<OnTheWire<Problem>> = z
  .strictObject({
    kind: z.enum(PROBLEM_KINDS),
    title: z.string(),
    detail: z.string(),
    next: z.string().describe("What helps"),
  })
  .describe("Why there is no answer");
