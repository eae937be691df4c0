/** Why a packet was stopped, in the words of the product; the code and Cilium's name stay beside them. */

export const REASONS = ["deny", "default", "auth", "l7", "audit", "other", "none"] as const;

/**
 * deny = 181 POLICY_DENY, default = 133 POLICY_DENIED, auth = 189 AUTH_REQUIRED, l7 = event type 129 with verdict DROPPED,
 * audit = verdict AUDIT (would have been dropped), other = dropped, but not by policy, none = not blocked.
 */
export type Reason = (typeof REASONS)[number];

/** What "blocked by policy" means when a question does not say otherwise. */
export const POLICY_REASONS = ["deny", "default", "auth", "l7"] as const satisfies readonly Reason[];
