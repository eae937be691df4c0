/** What the API promises about answers: zod schemas that fail to compile when the answer types change. */
import { z } from "zod";
import { DESTINATION_GROUP_KINDS } from "#lib/flows/destination.ts";
import { DIMENSIONS, type Grouping } from "#lib/flows/dimension.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { Facet, FlowDetail, FlowPage, FlowRow, GroupRow, GroupTable, Summary, Timeline } from "#lib/questions/answer.ts";
import { instant } from "./coverage-schema.ts";
import type { OnTheWire } from "./on-the-wire.ts";

const count = z.number().int().min(0);
const text = z.string();
const texts = z.array(z.string());
const attempts = count.describe("Distinct 5-tuples among the flows of the answer");
const packets = count.describe("Packets, the second record of one packet not counted again");
const reasons = z.partialRecord(z.enum(REASONS), count).describe("Attempts by reason");
const groupKind = z.enum(DESTINATION_GROUP_KINDS);

export const groupingSchema: z.ZodType<Grouping> = z
  .union([z.enum(DIMENSIONS), z.templateLiteral(["label:", z.string()])])
  .describe("A dimension, or a label key of the sender");

export const summarySchema: z.ZodType<OnTheWire<Summary>> = z.strictObject({
  attempts,
  packets,
  senders: z.strictObject({ workloads: count, pods: count, fresh: count }),
  destinations: z.strictObject({ groups: count, addresses: count, fresh: count }),
  reasons,
  notCounted: z.strictObject({ audit: count, other: count }).describe("Attempts that the question's reasons leave out"),
  before: z
    .strictObject({ attempts, packets, from: instant })
    .optional()
    .describe("The window of equal length before, if the store reaches there"),
});

export const groupRowSchema: z.ZodType<OnTheWire<GroupRow>> = z.strictObject({
  key: z.array(z.string().nullable()).describe("One value per dimension of by; null = has none"),
  attempts,
  packets,
  reasons,
  pods: count,
  addresses: count,
  firstSeen: instant,
  lastSeen: instant,
  firstStored: instant,
  isNew: z.boolean(),
  attemptsBefore: count.optional(),
  spark: z.array(count).describe("Attempts per slice of the window"),
  about: z.strictObject({
    namespace: text.optional(),
    workload: text.optional(),
    workloadKind: text.optional(),
    groupKind: groupKind.optional(),
    alsoIn: texts.optional(),
    names: texts.optional(),
    protocols: texts.optional(),
  }),
});

export const groupTableSchema: z.ZodType<OnTheWire<GroupTable>> = z.strictObject({
  by: z.array(groupingSchema),
  rows: z.array(groupRowSchema),
  total: count.describe("Groups in all, before offset and limit"),
  totals: z.strictObject({ attempts, packets }),
});

export const timelineSchema: z.ZodType<OnTheWire<Timeline>> = z.strictObject({
  start: z.number().describe("Milliseconds since 1970"),
  width: z.number().describe("Milliseconds"),
  count,
  series: z.array(z.strictObject({ name: text, values: z.array(count) })),
  before: z.array(count).optional(),
  fresh: z.array(z.strictObject({ workload: text, at: z.number() })),
});

export const facetsSchema: z.ZodType<OnTheWire<readonly Facet[]>> = z.array(
  z.strictObject({
    dimension: z.enum(DIMENSIONS),
    values: z.array(z.strictObject({ value: text.nullable(), attempts })).describe("Counted without the facet's own choice"),
    total: count,
    unavailable: text.optional().describe("Why the store cannot tell the values; absent where it can"),
  }),
);

export const flowRowSchema: z.ZodType<OnTheWire<FlowRow>> = z.strictObject({
  id: text,
  time: instant,
  pod: text,
  namespace: text,
  podName: text,
  workload: text,
  workloadKind: text,
  sourceIp: text,
  sourcePort: count.nullable(),
  destinationIp: text,
  destinationPort: count.nullable(),
  protocol: text,
  group: text,
  groupKind,
  alsoIn: texts,
  names: texts,
  reason: z.enum(REASONS),
  verdict: text,
  dropReason: z.number().int(),
  dropReasonName: text,
  policies: texts,
  node: text,
  packets: count,
  eventType: z.number().int(),
});

export const flowPageSchema: z.ZodType<OnTheWire<FlowPage>> = z.strictObject({
  rows: z.array(flowRowSchema),
  next: text.optional().describe("Pass as after for the next page; absent at the end"),
});

export const flowDetailSchema: z.ZodType<OnTheWire<FlowDetail>> = z.strictObject({
  row: flowRowSchema,
  sourceLabels: texts,
  destinationLabels: texts,
  deniedBy: z.array(z.strictObject({ name: text, namespace: text, kind: text })),
  policyLog: texts,
  line: text.describe("The line as it came"),
  sibling: z.strictObject({ id: text, line: text }).optional().describe("The other record of the same denied packet"),
  attempt: z.array(z.strictObject({ id: text, time: instant, packets: count })).describe("Packets of the same attempt, oldest first"),
});
