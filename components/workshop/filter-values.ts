/** Reading and changing one criterion of a FlowFilter. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { CiliumName } from "./inputs/input-props.ts";

export function valuesIn<N extends CiliumName>(filter: FlowFilter, name: N): FlowFilter[N] {
  return filter[name];
}

/** Undefined takes the criterion away. */
export function withValues<N extends CiliumName>(filter: FlowFilter, name: N, values: FlowFilter[N]): FlowFilter {
  const { [name]: _, ...rest } = filter;
  return values === undefined ? { ...rest } : { ...rest, [name]: values };
}
