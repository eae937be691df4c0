/** Rows, questions and the answers to them, the same ones every time. */
import fc from "fast-check";
import { formatTime } from "#lib/flows/flow-time.ts";
import { type AskedQuestion, fill, randomAsked, randomBatches } from "#lib/stores/contract/law.ts";
import { withLongPages } from "#lib/stores/contract/long-pages.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { exportedLine } from "#lib/testing/exported-line.ts";
import { alike, asLogged } from "#lib/testing/kusto-store.ts";
import { type ContractTable, contractTable, SHAPES } from "./contract-tables.ts";

const SEED = 7;
/** Milliseconds since 1970: the clock of whoever asks. */
export const NOW = 1_737_619_300_000;

export interface KnownAnswer extends AskedQuestion {
  /** Without what stores need not agree on. */
  readonly answer: unknown;
}

export interface Contract {
  readonly tables: readonly ContractTable[];
  readonly questions: readonly KnownAnswer[];
}

/** Duplicates, siblings, fields left out, hostile names, IPv6, ICMP and L7 are among the flows; `filters` filters are asked in eight ways each. */
export async function makeContract(flows: number, filters: number, shapes = SHAPES): Promise<Contract> {
  const drawn = fc.sample(randomBatches, { numRuns: Math.ceil(flows / 10) + 20, seed: SEED }).flat(2);
  const logged = asLogged(drawn.slice(0, flows));
  const lines = logged.map((flow) => ({
    text: exportedLine(flow),
    loggedAt: formatTime(flow.time - (flow.time % 1_000_000n) + 2_000_000n),
  }));
  const reference = createMemoryStore({ now: () => NOW });
  await fill(reference, [logged]);
  const questions: KnownAnswer[] = [];
  for (const asked of fc.sample(randomAsked, { numRuns: filters, seed: SEED }))
    for (const one of withLongPages(asked)) questions.push({ ...one, answer: alike(await one.run(reference)) });
  return { tables: SHAPES.filter((shape) => shapes.includes(shape)).map((shape) => contractTable(shape, lines)), questions };
}
