/** Flow labels, and how a selector's key meets them: by source, by any source, or by CIDR. */
import { type IpRange, parsePrefix, rangeCovers } from "./ip-address.ts";

export interface FlowLabel {
  readonly source: string;
  readonly key: string;
  readonly value: string;
  readonly range: IpRange | undefined;
}

export interface SelectorKey {
  /** `any` where the selector names no source (Cilium 1.16 on). */
  readonly source: string;
  readonly key: string;
  readonly range: IpRange | undefined;
}

const known = new WeakMap<readonly string[], readonly FlowLabel[]>();

/** Sorted by key as Cilium's LabelArray is; a lookup that more than one label answers takes the first. */
export function flowLabels(labels: readonly string[]): readonly FlowLabel[] {
  const found = known.get(labels);
  if (found) return found;
  const parsed = labels.map(parseFlowLabel).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  known.set(labels, parsed);
  return parsed;
}

/** `k8s:app=api`; without a source the source is `unspec`, which `k8s:` never selects. */
function parseFlowLabel(text: string): FlowLabel {
  if (text.startsWith("$")) return { source: "reserved", key: text.slice(1), value: "", range: undefined };
  const colon = text.indexOf(":");
  const source = colon < 0 ? "unspec" : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const equals = rest.indexOf("=");
  const key = equals < 0 ? rest : rest.slice(0, equals);
  const value = equals < 0 ? "" : rest.slice(equals + 1);
  return { source, key, value, range: cidrRange(source, key) };
}

/** Only the first colon separates: `any:k8s:app` has the (illegal) key `k8s:app`. */
export function selectorKey(text: string): SelectorKey {
  const colon = text.indexOf(":");
  const source = colon < 0 ? "any" : text.slice(0, colon);
  const key = text.slice(colon + 1);
  return { source, key, range: cidrRange(source, key) };
}

/** A `cidr:` key selects every label inside its prefix (Cilium 1.16 on; 1.15 wanted the very same text). */
export function keySelects(selector: SelectorKey, label: FlowLabel): boolean {
  if (selector.range && label.range) return rangeCovers(selector.range, label.range);
  return selector.key === label.key && (selector.source === "any" || selector.source === label.source);
}

/** Labels write IPv6 with dashes: `2001-db8--0/32`. */
function cidrRange(source: string, key: string): IpRange | undefined {
  return source === "cidr" ? parsePrefix(key.replaceAll("-", ":")) : undefined;
}
