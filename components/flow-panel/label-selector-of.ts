/** A label from a log as the selector that finds it, where there is one. */
import { parseLabelSelector } from "#lib/filters/label-selector.ts";

/** Undefined for a label that selectors cannot say, or would read as something else (`a=b,c=d` would be two). */
export function labelSelectorOf(label: string): string | undefined {
  if (!/^[A-Za-z0-9._:/=-]{1,400}$/.test(label)) return undefined;
  return "built" in parseLabelSelector(label) ? label : undefined;
}

/** Labels as people look for them: the app's own first, what Cilium and Kubernetes add last. */
export function labelsInOrder(labels: readonly string[]): readonly string[] {
  const rank = (label: string): number => {
    if (label.startsWith("cidrgroup:io.cilium.policy") || label.startsWith("cidr:") || label.startsWith("fqdn:")) return 0;
    if (label.startsWith("reserved:")) return 2;
    return /^k8s:(?:io\.(?:cilium|kubernetes)|helm\.sh|app\.kubernetes\.io\/(?:managed-by|instance))/.test(label) ? 3 : 1;
  };
  return labels.toSorted((a, b) => rank(a) - rank(b));
}

const LONG_STARTS: readonly (readonly [start: string, short: string])[] = [
  ["cidrgroup:io.cilium.policy.cidrgroupname/", "cidrgroup:…cidrgroupname/"],
  ["k8s:io.cilium.k8s.namespace.labels.", "…namespace.labels."],
  ["k8s:io.cilium.k8s.policy.", "…policy."],
  ["k8s:io.kubernetes.pod.", "…pod."],
  ["k8s:app.kubernetes.io/", "…kubernetes.io/"],
  ["k8s:", ""],
];

/** With the beginnings shortened that half of all labels share; the end, which tells them apart, stays. */
export function shortLabel(label: string): string {
  const [start, short] = LONG_STARTS.find(([known]) => label.startsWith(known)) ?? ["", ""];
  return short + label.slice(start.length);
}
