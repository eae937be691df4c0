/** Makes the contract's tables on a cluster, asks every question of each, compares, and drops them again. */
import { isDeepStrictEqual } from "node:util";
import { adxStoreOver } from "#lib/stores/adx/adx-store.ts";
import type { KustoGateway } from "#lib/stores/adx/kusto-gateway.ts";
import { queryText, sentParameters } from "#lib/stores/adx/kusto-query.ts";
import type { Results } from "#lib/stores/adx/read-frames.ts";
import { alike, isRefused } from "#lib/testing/kusto-store.ts";
import { type Contract, NOW } from "./contract.ts";
import { listCommand, MARK } from "./contract-tables.ts";
import { firstDifference } from "./first-difference.ts";

/** What a management command gives. */
export type Manage = (command: string) => Promise<Results>;

export interface SentQuery {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Replayed {
  readonly shape: string;
  readonly ask: string;
  /** Undefined = alike. */
  readonly difference: string | undefined;
  readonly refused: boolean;
  readonly queries: readonly SentQuery[];
}

/** `told` hears of each question. Answers why nothing was replayed, where that is so. */
export async function replay(
  contract: Contract,
  { gateway, manage }: { readonly gateway: KustoGateway; readonly manage: Manage },
  told: (one: Replayed) => void,
): Promise<string | undefined> {
  const there = await manage(listCommand());
  if ("problem" in there) return `${there.problem.title} ${there.problem.detail}`;
  const others = (there.results[0] ?? []).filter(([, docstring]) => docstring !== MARK).map(([name]) => String(name));
  if (others.length > 0) return `${others.join(", ")} is there and was not made by this command: nothing was touched.`;
  try {
    for (const { drop, create, fill } of contract.tables) {
      for (const command of [drop, create, ...fill]) {
        const done = await manage(command);
        if ("problem" in done) return `${command.split("\n")[0]?.slice(0, 80)}: ${done.problem.title} ${done.problem.detail}`;
      }
    }
    for (const { shape, name } of contract.tables) await askAll(contract, gateway, { shape, table: name, days: 3650 }, told);
    return undefined;
  } finally {
    for (const { drop } of contract.tables) await manage(drop);
  }
}

type Settings = Parameters<typeof adxStoreOver>[0]["settings"];

async function askAll({ questions }: Contract, gateway: KustoGateway, settings: Settings, told: (one: Replayed) => void): Promise<void> {
  let queries: SentQuery[] = [];
  const recording: KustoGateway = {
    ...gateway,
    ask: (query, gone) => {
      queries.push({ text: queryText(query), parameters: Object.fromEntries(sentParameters(query)) });
      return gateway.ask(query, gone);
    },
  };
  const store = adxStoreOver({ gateway: recording, settings, now: () => NOW }, "the cluster");
  const nothingStored = { append: async () => ({ stored: 0, duplicates: 0 }), position: async () => undefined };
  for (const { ask, run, answer } of questions) {
    queries = [];
    const said = await run({ ...store, ...nothingStored });
    const found = alike(said);
    const refused = isRefused(said);
    const same = refused || isDeepStrictEqual(found, answer);
    told({ shape: settings.shape, ask, refused, queries, difference: same ? undefined : firstDifference(answer, found) });
  }
}
