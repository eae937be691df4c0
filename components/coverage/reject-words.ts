/** Why a line was not understood, in words. */

interface RejectWords {
  readonly title: string;
  readonly about: string;
}

const WORDS: ReadonlyMap<string, RejectWords> = new Map([
  ["cut", { title: "Cut off", about: "the JSON has no end or no beginning" }],
  ["not-json", { title: "No JSON", about: "claims to be a flow and is not readable as JSON" }],
  ["not-a-flow", { title: "No flow", about: "JSON with a flow in its name only" }],
  ["bad-field", { title: "Unreadable field", about: "a field holds what it cannot hold" }],
  ["no-time", { title: "No time", about: "neither the flow nor what is around it says when" }],
  ["too-long", { title: "Too long", about: "longer than a line may be" }],
  ["too-deep", { title: "Too deep", about: "nested deeper than any flow" }],
  ["binary", { title: "Binary", about: "control characters that JSON does not allow" }],
]);

/** A reason that is not known here speaks for itself. */
export function rejectWords(reason: string): RejectWords {
  return WORDS.get(reason) ?? { title: reason, about: "" };
}
