/** What a paste is as a whole, where that is not simply the agent's file. */
import type { Finding, TextPlace } from "./finding.ts";
import type { PasteRemark } from "./paste.ts";

type Words = Omit<Finding, "kind" | "place">;

const WORDS: { readonly [K in PasteRemark]: Words } = {
  "config-map-in-key": {
    severity: "warning",
    title: "A whole ConfigMap stands inside the key flowlogs.yaml",
    explanation: "That is valid and empty to an agent: it removes all exporters. Only the content of the inner key belongs there.",
  },
  "helm-values-in-key": {
    severity: "warning",
    title: "Helm values stand inside the key flowlogs.yaml",
    explanation: "That is valid and empty to an agent: it removes all exporters. The list under content belongs under flowLogs.",
  },
  "no-key-in-config-map": {
    severity: "warning",
    title: "The ConfigMap has no key flowlogs.yaml",
    explanation: "Agents look for this key. Without it they keep what they have and repeat an error every five seconds.",
  },
  "other-name-of-config-map": {
    severity: "advice",
    title: "The ConfigMap has another name than cilium-flowlog-config",
    explanation: "Agents mount the ConfigMap that hubble.export.dynamic.config.configMapName names; the default is cilium-flowlog-config.",
  },
  "helm-owned": {
    severity: "advice",
    title: "Helm owns this ConfigMap",
    explanation: "The next upgrade overwrites what is applied by hand, as long as createConfigMap is true in the values.",
  },
  "stale-rotation": {
    severity: "advice",
    title: "hubble.export.fileMaxSizeMb and fileMaxBackups have no effect from 1.18 on",
    explanation:
      "Each exporter has its own now: hubble.export.static.fileMaxSizeMb, or the keys of the entry. Blogs still copy the old ones.",
  },
  "create-config-map": {
    severity: "advice",
    title: "createConfigMap is true: Helm owns the ConfigMap",
    explanation:
      "A ConfigMap that is applied by hand is overwritten by the next upgrade. Set createConfigMap: false first, or keep it in the values.",
  },
  "dynamic-disabled": {
    severity: "warning",
    title: "Neither the static nor the dynamic exporter is enabled",
    explanation:
      "Nothing is exported until hubble.export.dynamic.enabled is true. The first enabling restarts the agents; later edits do not.",
  },
  "static-and-dynamic": {
    severity: "warning",
    title: "The static and the dynamic exporter are both enabled",
    explanation: "They run side by side, and a flow that both match is exported twice.",
  },
  "helm-command": {
    severity: "advice",
    title: "This is a helm command: its --set values were read",
    explanation: "The order of list items and what --reuse-values keeps are not visible here.",
  },
  deckhouse: {
    severity: "advice",
    title: "This is Deckhouse's own resource",
    explanation:
      "Deckhouse writes the agent's file from it. The lists were read as FlowFilters. As content of flowlogs.yaml it would remove all exporters.",
  },
  "managed-aks": {
    severity: "warning",
    title: "Managed AKS cannot be configured so",
    explanation:
      "ContainerNetworkLog is Azure's own resource: Azure owns the agents' configuration, and it knows neither ports nor drop reasons. A ConfigMap cilium-flowlog-config needs Cilium that you install yourself.",
  },
  "not-exporter": {
    severity: "warning",
    title: "There is no flowLogs in this text",
    explanation: "As content of flowlogs.yaml it is valid and empty: agents would remove all exporters.",
  },
};

export function pasteFinding(kind: PasteRemark, text: TextPlace | undefined): Finding {
  return { kind, place: text === undefined ? {} : { text }, ...WORDS[kind] };
}

export const REMOVES_ALL: Finding = {
  kind: "removes-all",
  severity: "warning",
  place: {},
  title: "The file is valid and has no entries",
  explanation: "Agents that read it remove all exporters. That is right only if it is meant.",
};

export function secondDocument(text: TextPlace): Finding {
  return {
    kind: "second-document",
    severity: "warning",
    place: { text },
    title: "What follows here is not read",
    explanation: "Agents read the first YAML document of the file. Put everything under one flowLogs.",
  };
}
