/** Counts what lines turned out to be and keeps bounded samples of what was not understood and of what the agent said. */
import type { AgentLine, Notice, Reject } from "#lib/decode/decoded.ts";
import type { LineTally } from "#lib/flows/batch.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { AgentWord, RejectSample } from "#lib/flows/line-log.ts";

const SAMPLES_PER_REASON = 5;
const WORDS_PER_BATCH = 50;
const WORD_CHARS = 2_000;
/** Names of lost-event sources come out of the log: only so many different ones are counted apart. */
const LOST_SOURCES = 32;

export interface Tally {
  flow(): void;
  notice(notice: Notice): void;
  agent(line: AgentLine): void;
  reject(reject: Reject): void;
  readonly lines: number;
  /** What was counted since the last call. */
  take(): { readonly tally: LineTally; readonly samples: readonly RejectSample[]; readonly agentWords: readonly AgentWord[] };
}

export function createTally(feed: string): Tally {
  let flows = 0;
  let notices = 0;
  let agent = 0;
  let rejected = 0;
  let rejectedBy = new Map<string, number>();
  let lost = new Map<string, number>();
  let samples: RejectSample[] = [];
  let words: AgentLine[] = [];
  return {
    flow() {
      flows++;
    },
    notice(notice) {
      notices++;
      if (notice.lost <= 0) return;
      const source = lost.has(notice.lostAt) || lost.size < LOST_SOURCES ? notice.lostAt : "other";
      lost.set(source, (lost.get(source) ?? 0) + notice.lost);
    },
    agent(line) {
      agent++;
      if (!isWorthKeeping(line)) return;
      if (words.length >= WORDS_PER_BATCH) words.shift();
      words.push(line);
    },
    reject(reject) {
      rejected++;
      const met = rejectedBy.get(reject.reason) ?? 0;
      rejectedBy.set(reject.reason, met + 1);
      if (met < SAMPLES_PER_REASON) samples.push({ feed, reason: reject.reason, detail: reject.detail, sample: reject.sample });
    },
    get lines() {
      return flows + notices + agent + rejected;
    },
    take() {
      const taken = {
        tally: {
          total: flows + notices + agent + rejected,
          flows,
          notices,
          agent,
          rejected,
          rejectedBy: Object.fromEntries(rejectedBy),
          lost: Object.fromEntries(lost),
        },
        samples,
        agentWords: words.map((line) => wordOf(feed, line)),
      };
      flows = notices = agent = rejected = 0;
      rejectedBy = new Map();
      lost = new Map();
      samples = [];
      words = [];
      return taken;
    },
  };
}

function wordOf(feed: string, { time, level, text }: AgentLine): AgentWord {
  return { feed, time: time === undefined ? "" : formatTime(time), level, text: text.slice(0, WORD_CHARS) };
}

const LOUD = /^(w|e|f|warn|warning|error|err|fatal|panic|critical)$/i;
const ABOUT_EXPORTER = /export|flowlog|hubble/i;

/** Warnings, errors, and every word about the exporter's configuration. */
function isWorthKeeping(line: AgentLine): boolean {
  return LOUD.test(line.level) || ABOUT_EXPORTER.test(line.message);
}
