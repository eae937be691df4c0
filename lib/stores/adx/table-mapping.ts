/** Which column of a table holds which part of a flow, as a person says it in a file: checked when Weir starts. */
import { z } from "zod";

/** Parts of a flow that a column may hold, by Hubble's names. Labels and DNS names are dynamic arrays of texts. */
export const MAPPED_FIELDS = [
  "uuid",
  "verdict",
  "drop_reason",
  "drop_reason_desc",
  "event_type",
  "event_sub_type",
  "traffic_direction",
  "is_reply",
  "node_name",
  "protocol",
  "source_ip",
  "source_port",
  "source_namespace",
  "source_pod_name",
  "source_workload",
  "source_identity",
  "source_cluster_name",
  "source_labels",
  "destination_ip",
  "destination_port",
  "destination_namespace",
  "destination_pod_name",
  "destination_workload",
  "destination_identity",
  "destination_cluster_name",
  "destination_labels",
  "destination_names",
  "egress_denied_by",
  "packets",
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** A name, in characters that need no escape in `['name']`; anything else cannot end it either. */
const columnSchema = z.string().regex(/^[A-Za-z_][A-Za-z0-9_ .-]{0,254}$/, "a column name is right");

export const tableMappingSchema = z.strictObject({
  table: z.string().regex(/^[A-Za-z_][\w-]{0,254}$/, "a table name is right"),
  /** A datetime column; the cluster finds rows by it. */
  time: columnSchema,
  /** Rows to read at all: column and its text. */
  only: z.record(columnSchema, z.string().max(500)).optional(),
  columns: z
    .partialRecord(z.enum(MAPPED_FIELDS), columnSchema)
    .refine((columns) => Object.keys(columns).length > 0, "at least one column is right"),
});

export type TableMapping = z.infer<typeof tableMappingSchema>;

/** What the text says, or the first thing that is wrong with it. */
export function parseTableMapping(text: string): { readonly mapping: TableMapping } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "it is no JSON" };
  }
  const read = tableMappingSchema.safeParse(json);
  if (read.success) return { mapping: read.data };
  const [issue] = read.error.issues;
  const place = issue?.path.join(".") ?? "";
  return { problem: `${place === "" ? "" : `${place}: `}${issue?.message ?? "it is not as described"}` };
}
