/** Resources of other tools that configure Hubble's export in their own words. */
import type { LocatedMap } from "./go-yaml/located.ts";
import { at, listOf, mapOf, textAt, textOf } from "./located-path.ts";
import type { Pasted } from "./paste.ts";

/** Undefined for what is none of them. */
export function readOtherResource(root: LocatedMap): Pick<Pasted, "form" | "root" | "remarks"> | undefined {
  const kind = textAt(root, "kind");
  if (kind === "HubbleMonitoringConfig") return deckhouse(root);
  const group = textAt(root, "apiVersion") ?? "";
  if (kind === "ContainerNetworkLog" || kind === "RetinaNetworkFlowLog" || group.startsWith("acn.azure.com/")) {
    return { form: "other", root, remarks: [{ kind: "managed-aks", at: undefined }] };
  }
  return undefined;
}

/** Deckhouse writes the agent's file itself, from lists of FlowFilters. */
function deckhouse(root: LocatedMap): Pick<Pasted, "form" | "root" | "remarks"> {
  const logs = at(root, "spec", "flowLogs");
  const span = logs?.span ?? root.span;
  const entry = mapOf(span, [
    ["name", textOf(span, "deckhouse")],
    ["filePath", textOf(span, "/var/log/cilium/hubble/flow.log")],
    ["fieldMask", at(logs, "fieldMaskList")],
    ["includeFilters", at(logs, "allowFilterList")],
    ["excludeFilters", at(logs, "denyFilterList")],
  ]);
  return {
    form: "other",
    root: mapOf(span, [["flowLogs", listOf(span, logs === undefined ? [] : [entry])]]),
    remarks: [{ kind: "deckhouse", at: logs }],
  };
}
