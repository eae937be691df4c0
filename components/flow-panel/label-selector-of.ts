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

/** Without what every pod label starts with. */
export function shortLabel(label: string): string {
  return label.startsWith("k8s:") ? label.slice("k8s:".length) : label;
}
