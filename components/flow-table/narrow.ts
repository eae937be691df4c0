"use client";
/** Narrowing from a value on screen: how cells reach the filter without every row knowing the address bar. */
import { createContext, use } from "react";

/** What cells hold, in words for the two buttons. */
export const NARROW_WORDS = {
  pod: "pod",
  workload: "workload",
  namespace: "namespace",
  source_ip: "source address",
  ip: "destination",
  group: "destination group",
  name: "DNS name",
  port: "port",
  protocol: "protocol",
  reason: "reason",
  policy: "policy",
  node: "node",
} as const;
export type NarrowCriterion = keyof typeof NARROW_WORDS;
export type NarrowHow = "only" | "exclude";
export type Narrow = (criterion: NarrowCriterion, value: string, how: NarrowHow) => void;

const NarrowContext = createContext<Narrow>(() => undefined);
const HotContext = createContext(false);

export const NarrowProvider = NarrowContext;
/** True inside a row that is pointed at or has the cursor: only such rows carry buttons. */
export const HotProvider = HotContext;

export function useNarrow(): Narrow {
  return use(NarrowContext);
}

export function useIsHot(): boolean {
  return use(HotContext);
}
