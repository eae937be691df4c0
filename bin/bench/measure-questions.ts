/** The overview and the newest page, against the same questions on text columns. */
import { EVERYTHING, type Filter } from "#lib/filters/filter.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { type Figure, milliseconds, times } from "./figure.ts";
import { BENCH_START } from "./generate-lines.ts";
import { type Cost, paired, type Quantiles, quantilesOf } from "./measure.ts";
import { askNewestPage, askOverview } from "./overview.ts";
import type { TextStore } from "./text-store.ts";

export interface Questions {
  readonly store: FlowStore;
  readonly text: TextStore;
  readonly flows: number;
  readonly repeats: number;
  readonly say: (text: string) => void;
}

interface Asked {
  readonly filter: Filter;
  readonly where: string;
}

interface Case {
  readonly name: string;
  /** Another one at every turn, or what was counted for it would be remembered. */
  readonly window: (turn: number) => ResolvedWindow;
  /** And the same as a condition on text columns. */
  readonly asked: (turn: number) => Asked;
  /** Milliseconds at the 95th percentile, at ten million rows. */
  readonly p95: number;
}

const NAMESPACE = "orders-prod";
/** As many flows each. At ten million flows the store remembers the rows of about five such filters. */
const NAMESPACES = ["orders", "billing", "catalog", "identity", "search", "media", "ops", "risk", "mail", "reports"].flatMap(
  (team, index) => (index % 2 === 0 ? ["dev", "prod"] : ["test", "prod"]).map((stage) => `${team}-${stage}`),
);
const inNamespace = (namespace: string): Asked => ({
  filter: { include: [{ namespace: [namespace] }], exclude: [] },
  where: `namespace = '${namespace}'`,
});
const everything = (where: string) => (): Asked => ({ filter: EVERYTHING, where });
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Holds all flows. */
const whole = (turn: number): ResolvedWindow => ({ from: BENCH_START - turn, to: BENCH_START + WEEK_MS });
/** Of the day that the flows fill: with flows before it to be compared with, and its ends elsewhere at every turn. */
const elevenHours = (turn: number): ResolvedWindow => ({
  from: BENCH_START + 12 * HOUR_MS + turn * 61_000,
  to: BENCH_START + 23 * HOUR_MS + turn * 37_000,
});
const CASES: readonly Case[] = [
  { name: "no filter", window: whole, asked: everything("true"), p95: 500 },
  {
    name: `namespace ${NAMESPACE}`,
    window: whole,
    asked: () => inNamespace(NAMESPACE),
    p95: 150,
  },
  {
    name: "another namespace at every turn",
    window: whole,
    asked: (turn) => inNamespace(NAMESPACES[turn % NAMESPACES.length] ?? NAMESPACE),
    p95: 150,
  },
  {
    name: "eleven hours of the day, no filter",
    window: elevenHours,
    asked: everything(
      "epoch_ms(ts) >= epoch_ms(TIMESTAMP '2026-01-23 12:00:00') AND epoch_ms(ts) < epoch_ms(TIMESTAMP '2026-01-23 23:00:00')",
    ),
    p95: 500,
  },
];
const TEXT_GOAL = 2.5;
const PAGE_GOAL_MS = 40;
/** The limits of the overview are set for so many rows. */
const LIMIT_ROWS = 10_000_000;

export async function measureQuestions(questions: Questions): Promise<Figure[]> {
  const { store, text, repeats, say } = questions;
  const rows = `${questions.flows.toLocaleString("en")} flows`;
  const figures: Figure[] = [];
  let turn = 0;
  for (const { name, window, asked, p95 } of CASES) {
    turn += 1;
    say(`${rows}, ${name}: ${(await askOverview(store, window(turn), asked(turn).filter)).toLocaleString("en")} attempts`);
    await text.overview(asked(turn).where);
    const pairs = await paired(
      repeats,
      () => {
        turn += 1;
        return askOverview(store, window(turn), asked(turn).filter);
      },
      () => text.overview(asked(turn).where),
    );
    const mine = quantilesOf(pairs.a);
    const limited = questions.flows >= LIMIT_ROWS;
    figures.push({
      what: `Overview, ${name}, ${rows}, against text columns`,
      weir: written(mine),
      peer: written(quantilesOf(pairs.b)),
      ratio: times(pairs.ratio),
      goal: `>= ${TEXT_GOAL}x${limited ? `, p95 <= ${p95} ms` : ""}`,
      met: pairs.ratio >= TEXT_GOAL && (!limited || mine.p95 <= p95),
    });
  }
  const page = await paired(
    repeats,
    () => askNewestPage(store, whole(++turn), EVERYTHING),
    () => text.newestPage(),
  );
  figures.push(pageFigure(rows, page.a, page.b, page.ratio));
  return figures;
}

function pageFigure(rows: string, mine: readonly Cost[], theirs: readonly Cost[], ratio: number): Figure {
  const quantiles = quantilesOf(mine);
  return {
    what: `Newest 200 flows, ${rows}, against text columns`,
    weir: written(quantiles),
    peer: written(quantilesOf(theirs)),
    ratio: times(ratio),
    goal: `p95 <= ${PAGE_GOAL_MS} ms`,
    met: quantiles.p95 <= PAGE_GOAL_MS,
  };
}

function written({ p50, p95 }: Quantiles): string {
  return `${milliseconds(p50)} / ${milliseconds(p95)}`;
}
