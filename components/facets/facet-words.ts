/** What facets and suggestions call a dimension and its values. */

import { capital } from "#components/ui/capital.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import type { Reason } from "#lib/flows/reason.ts";
import { isReason, REASON_WORDS } from "#lib/flows/reason-words.ts";
import { portName } from "#lib/format/port-name.ts";
import { visibleText } from "#lib/format/visible-text.ts";

interface FacetWords {
  /** Head of the facet. */
  readonly title: string;
  readonly many: string;
}

export const FACET_WORDS: { readonly [D in Dimension]: FacetWords } = {
  reason: { title: "Reason", many: "reasons" },
  namespace: { title: "Namespace", many: "namespaces" },
  workload: { title: "Workload", many: "workloads" },
  pod: { title: "Pod", many: "pods" },
  group: { title: "Destination group", many: "groups" },
  cidr: { title: "CIDR", many: "CIDRs" },
  ip: { title: "Address", many: "addresses" },
  name: { title: "DNS name", many: "names" },
  port: { title: "Port", many: "ports" },
  protocol: { title: "Protocol", many: "protocols" },
  policy: { title: "Policy", many: "policies" },
  node: { title: "Node", many: "nodes" },
  cluster: { title: "Cluster", many: "clusters" },
};

export interface ValueWords {
  readonly text: string;
  /** Lighter, behind it. */
  readonly note: string;
  readonly reason: Reason | undefined;
}

/** A value as a person reads it; null and the empty text are "none". */
export function valueWords(dimension: Dimension, value: string | null): ValueWords {
  if (value === null || value === "") return { text: "none", note: "", reason: undefined };
  if (dimension === "reason" && isReason(value)) return { text: capital(REASON_WORDS[value].short), note: "", reason: value };
  const note = dimension === "port" && /^\d+$/.test(value) ? portName(Number(value)) : "";
  return { text: visibleText(value, 160), note, reason: undefined };
}
