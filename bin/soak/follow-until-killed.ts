/** Follows the agents of a stand-in cluster into a store, and tells every gap as it is met; somebody kills it. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { createAgentLogsFeed } from "#lib/feeds/agent-logs/agent-logs-feed.ts";
import { openCluster } from "#lib/feeds/agent-logs/open-cluster.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";

const [, , kubeconfig = "", directory = "", silenceMs = "2000"] = process.argv;
const opened = await openDuckdbStore({ directory, now: Date.now });
if (opened.problem !== undefined) throw new Error(opened.problem);
const { store } = opened;
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
// whoever started it is gone: nobody would end it any more
process.stdout.on("error", () => process.exit(1));

const feed = createAgentLogsFeed({
  open: () => openCluster({ kubeconfig, context: undefined }),
  namespace: "kube-system",
  selector: "k8s-app=cilium",
  begin: undefined,
  decoder: createDecoder(),
  times: { backOff: { firstMs: 50, mostMs: 1_000 }, silenceMs: Number(silenceMs), cycleMs: 10_000, refusedMs: 500, shedMs: 20_000 },
  onGap: (pod, gap) => tell({ gap: { pod: pod.name, from: String(gap.from), to: String(gap.to), why: gap.why } }),
});
const watching = setInterval(() => {
  const read = Object.fromEntries(feed.statuses().map(({ pod, lastLine }) => [pod.name, String(lastLine)]));
  const { user, system } = process.cpuUsage();
  tell({ report: { rss: process.memoryUsage.rss(), processor: user + system, read } });
}, 1_000);
await feed.run(store, stop.signal);
clearInterval(watching);
const status = await store.status();
if (status.problem === undefined) tell({ end: { duplicates: status.coverage.lines.duplicates } });
await store.close();

function tell(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
