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
  const [source, rest] = sourceOf(text);
  const equals = rest.indexOf("=");
  if (equals === 0 && source === "reserved") return { source, key: rest.slice(1), value: "", range: undefined };
  const key = equals < 0 ? rest : rest.slice(0, equals);
  const value = equals < 0 ? "" : rest.slice(equals + 1);
  return { source: source || "unspec", key, value, range: value === "" ? cidrRange(source, key) : undefined };
}

/** Cilium's older spellings `$world` and `reserved.world` among them. */
function sourceOf(text: string): readonly [source: string, rest: string] {
  if (text.startsWith("$")) return ["reserved", text.slice(1)];
  const colon = text.indexOf(":");
  if (colon >= 0) return [text.slice(0, colon), text.slice(colon + 1)];
  return text.startsWith("reserved.") ? ["reserved", text.slice("reserved.".length)] : ["", text];
}

/**
 * Only the first colon separates: `any:k8s:app` has the (illegal) key `k8s:app`. Cilium then writes a dot for it and reads up to the first
 * dot again, so that a dot in a source moves into the key: `a.b:c` is `b.c` of `a` (pkg/hubble/filters/labelparser.go, pkg/labels).
 */
export function selectorKey(text: string): SelectorKey {
  const dotted = text.includes(":") ? text.replace(":", ".") : `any.${text}`;
  const dot = dotted.indexOf(".");
  const source = dotted.slice(0, dot) || "any";
  const key = dotted.slice(dot + 1);
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
