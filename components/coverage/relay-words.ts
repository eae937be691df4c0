/** What is heard of a node behind Hubble Relay, in words; the order of badness is the agents'. */
import type { Hearing } from "#lib/questions/source-report.ts";
import { HEARING_WORDS, type HearingWords } from "./hearing-words.ts";

const OWN: Partial<Record<Hearing, HearingWords>> = {
  unreachable: {
    words: "Not reached by Relay",
    about:
      "Its flows come later, as far as its ring holds them by then. Is the agent running, with Hubble on and port 4244 open to the relay?",
    tone: "bad",
  },
  waiting: { words: "Just started", about: "Hubble there has not seen a flow yet.", tone: "warn" },
  unknown: {
    words: "Connected, not told",
    about: "No blocked flow came, and this relay does not tell what its nodes see.",
    tone: "warn",
  },
  gone: { words: "Gone", about: "The node left the cluster, or Relay no longer knows it.", tone: "idle" },
};

export function relayWords(hearing: Hearing): HearingWords {
  return OWN[hearing] ?? HEARING_WORDS[hearing];
}
