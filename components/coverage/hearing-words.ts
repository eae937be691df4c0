/** What is heard of an agent, in words: a state for its row, and what it means for who reads the flows. */
import type { Hearing } from "#lib/questions/source-report.ts";

export interface HearingWords {
  readonly words: string;
  /** What it means and what helps; empty = the words say it. */
  readonly about: string;
  readonly tone: "ok" | "idle" | "warn" | "bad";
}

/** The worst first: rows stand in this order. */
export const HEARING_WORDS = {
  forbidden: {
    words: "No rights",
    about:
      "The cluster does not let Weir read this log. kubectl auth can-i get pods --subresource=log must say yes in the agents' namespace.",
    tone: "bad",
  },
  rejected: {
    words: "Config rejected",
    about:
      "The agent cannot use its exporter configuration and goes on with the one before, if there was one. Its own words say what is wrong.",
    tone: "bad",
  },
  "stdout-rotated": {
    words: "Stopped at 10 MB",
    about:
      "It writes to /dev/stdout and stopped after 10 MB: the exporter rotates that path like a file, and flows go where nobody reads. Set filePath: stdout (Cilium 1.17 on); a restart of the agent gives 10 MB more.",
    tone: "bad",
  },
  "no-exporter": {
    words: "No exporter",
    about: "The agent's whole log says nothing of a Hubble exporter: none is configured, so no flow can come.",
    tone: "bad",
  },
  unreachable: {
    words: "Cannot be read",
    about: "Weir tries again and again; what is written meanwhile is read later, as long as the kubelet keeps it.",
    tone: "bad",
  },
  stopped: {
    words: "Flows stopped",
    about:
      "Many flows came and then none, though the agent goes on writing. Either nothing is blocked any more, or the exporter writes elsewhere: look at its filePath and its end.",
    tone: "warn",
  },
  blind: {
    words: "Hubble sees nothing",
    about:
      "Hubble answers and has not seen a single flow for minutes, blocked or not. On a running node that is a fault: look at the agent's monitor and at bpf.events.drop.enabled.",
    tone: "bad",
  },
  hung: {
    words: "Stream hung",
    about: "The stream was open and silent while the log went on. It was opened again, and what was written meanwhile was read late.",
    tone: "warn",
  },
  late: { words: "Catching up", about: "Lines arrive more than a minute after they were written.", tone: "warn" },
  waiting: { words: "Not running", about: "", tone: "warn" },
  unknown: {
    words: "No flow, cause unknown",
    about:
      "Whether an exporter is configured was said before the part of the log that Weir has. Start with --agent-logs-since all to read it.",
    tone: "warn",
  },
  never: {
    words: "Nothing passed the filter",
    about: "An exporter is configured, and no flow passed its filter since: nothing is blocked there, or the filter lets nothing through.",
    tone: "idle",
  },
  gone: { words: "Gone", about: "The pod was deleted.", tone: "idle" },
  quiet: { words: "Quiet, nothing blocked", about: "", tone: "idle" },
  flowing: { words: "Flowing", about: "", tone: "ok" },
} as const satisfies Record<Hearing, HearingWords>;

const ORDER: readonly string[] = Object.keys(HEARING_WORDS);

/** Smaller = worse. */
export function hearingRank(hearing: Hearing): number {
  return ORDER.indexOf(hearing);
}
