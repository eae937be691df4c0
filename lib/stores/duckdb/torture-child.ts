/** Takes made-up flows in, batch after batch, from where the store says it stopped, until somebody kills it. */

import type { Flow } from "#lib/flows/flow.ts";
import { sampleBatch, sampleEndpoint, sampleFlow } from "#lib/testing/sample-flow.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

export const TORTURE_FEED = "torture";
const START_NS = 1_737_619_200_000_000_000n;

const hex = (number: number, width: number): string => number.toString(16).padStart(width, "0");

/** The same flow for the same number, whichever process makes it. */
function flowAt(number: number): Flow {
  const pod = `pod-${number % 97}`;
  return sampleFlow({
    uuid: `${hex(number, 8)}-0000-4000-8000-${hex(number * 7919, 12)}`,
    time: START_NS + BigInt(number) * 1_000_000n,
    source: sampleEndpoint({ namespace: `team-${number % 7}`, pod, labels: [`k8s:app=${pod}`] }),
    sourceIp: `10.0.0.${number % 97}`,
    destinationIp: `192.0.2.${Math.floor(number / 50) % 250}`,
    sourcePort: 30_000 + (Math.floor(number / 3) % 5000),
  });
}

async function takeIn(directory: string): Promise<void> {
  const opened = await openDuckdbStore({ directory, now: Date.now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const { store } = opened;
  let offset = (await store.position(TORTURE_FEED))?.offset ?? 0;
  process.stdout.write(`${offset}\n`);
  for (let batch = 0; ; batch++) {
    const size = batch % 5 === 0 ? 5000 : 200;
    const flows = Array.from({ length: size }, (_, index) => flowAt(offset + index));
    offset += size;
    await store.append(sampleBatch(flows, TORTURE_FEED, offset));
    process.stdout.write(`${offset}\n`);
  }
}

const [, script, directory] = process.argv;
if (script === import.meta.filename && directory !== undefined) await takeIn(directory);
