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

interface Case {
  readonly name: string;
  readonly filter: Filter;
  readonly where: string;
  /** Milliseconds at the 95th percentile, at ten million rows. */
  readonly p95: number;
}

const NAMESPACE = "orders-prod";
const CASES: readonly Case[] = [
  { name: "no filter", filter: EVERYTHING, where: "true", p95: 500 },
  {
    name: `namespace ${NAMESPACE}`,
    filter: { include: [{ namespace: [NAMESPACE] }], exclude: [] },
    where: `namespace = '${NAMESPACE}'`,
    p95: 150,
  },
];
const TEXT_GOAL = 2.5;
const PAGE_GOAL_MS = 40;
/** The limits of the overview are set for so many rows. */
const LIMIT_ROWS = 10_000_000;
const WEEK_MS = 7 * 86_400_000;

export async function measureQuestions(questions: Questions): Promise<Figure[]> {
  const { store, text, repeats, say } = questions;
  const rows = `${questions.flows.toLocaleString("en")} flows`;
  const figures: Figure[] = [];
  let turn = 0;
  // A store remembers what it counted for a window: each turn asks about another one, that holds the same flows.
  const nextWindow = (): ResolvedWindow => ({ from: BENCH_START - ++turn, to: BENCH_START + WEEK_MS });
  for (const { name, filter, where, p95 } of CASES) {
    say(`${rows}, ${name}: ${(await askOverview(store, nextWindow(), filter)).toLocaleString("en")} attempts`);
    await text.overview(where);
    const pairs = await paired(
      repeats,
      () => askOverview(store, nextWindow(), filter),
      () => text.overview(where),
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
    () => askNewestPage(store, nextWindow(), EVERYTHING),
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
