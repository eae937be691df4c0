/** One connection try of the demo: who, where to, how it was stopped and when its packets left. */
import type { DemoPod } from "./pods.ts";
import type { DemoTarget } from "./targets.ts";

export type DemoProtocol = "TCP" | "UDP" | "ICMPv4" | "ICMPv6";

/** How the datapath stopped it. `recorded` writes the policy-verdict beside the drop, with the policy's name. */
export type Stop =
  | { readonly is: "drop"; readonly code: number; readonly name: string | number }
  | { readonly is: "recorded"; readonly code: number; readonly name: string; readonly policy: string }
  | { readonly is: "audit" }
  | { readonly is: "http"; readonly method: string; readonly url: string }
  | { readonly is: "dns"; readonly query: string };

export interface Attempt {
  /** Milliseconds after the start of the demo's time. */
  readonly at: number;
  readonly from: DemoPod;
  readonly to: DemoTarget;
  readonly protocol: DemoProtocol;
  readonly sourcePort: number;
  readonly port: number;
  readonly stop: Stop;
  /** Seconds after `at` of every packet, the first included. */
  readonly packets: readonly number[];
}

export const DENIED = { is: "drop", code: 181, name: "POLICY_DENY" } as const satisfies Stop;
export const NOT_ALLOWED = { is: "drop", code: 133, name: "POLICY_DENIED" } as const satisfies Stop;
export const AUTH_MISSING = { is: "drop", code: 189, name: "AUTH_REQUIRED" } as const satisfies Stop;

export function deniedBy(policy: string): Stop {
  return { is: "recorded", code: 181, name: "POLICY_DENY", policy };
}

const SYN_WAITS = [0, 1.02, 3.05, 7.11, 15.04, 31.2, 63.5] as const;

/** A TCP client that gets no answer: the first SYN and its retransmissions, each wait twice the one before. */
export function synPackets(count: number): readonly number[] {
  return SYN_WAITS.slice(0, Math.max(1, count));
}
