/** Each cause of silence is produced by the stand-in and has to be named. */
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";
import { follow, standIn } from "#lib/testing/followed-cluster.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import type { ContainerLog } from "../../../e2e/kubernetes-stand-in/container-log.ts";
import type { KubernetesStandIn } from "../../../e2e/kubernetes-stand-in/kubernetes-stand-in.ts";
import type { AgentLogsFeed } from "./agent-logs-feed.ts";

interface Stage {
  readonly cluster: KubernetesStandIn;
  readonly log: ContainerLog;
  /** Lets the clock of cluster and Weir go on. */
  pass(seconds: number): void;
  follow(): void;
  /** Waits until the agent is heard like this. */
  hears(hearing: SourceReport["hearing"]): Promise<SourceReport>;
}

/** Only where silence itself is meant may it be short: a busy machine is silent too. */
async function stage(silenceMs = 60_000): Promise<Stage> {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const cluster = await standIn(1, { now });
  const [pod] = cluster.pods;
  if (pod === undefined) throw new Error("one pod");
  let feed: AgentLogsFeed | undefined;
  let met: SourceReport | undefined;
  return {
    cluster,
    log: pod.log,
    pass(seconds) {
      ahead += seconds * 1_000;
    },
    follow() {
      ({ feed } = follow(cluster, createRecordingSink(), { times: { silenceMs }, decoder: createDecoder(), now }));
    },
    async hears(hearing) {
      for (let tries = 0; tries < 800; tries++) {
        met = feed?.sources?.()[0];
        if (met?.hearing === hearing) return met;
        await wait(10);
      }
      throw new Error(`never ${hearing}, but ${JSON.stringify(met)}`);
    },
  };
}

const flow = (number: number): string =>
  `{"flow":{"time":"${new Date().toISOString()}","uuid":"00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}","verdict":"DROPPED","drop_reason_desc":"POLICY_DENY","IP":{"source":"10.0.0.1","destination":"192.0.2.1","ipVersion":"IPv4"},"l4":{"TCP":{"source_port":40000,"destination_port":443}},"node_name":"n1","event_type":{"type":1,"sub_type":181},"traffic_direction":"EGRESS","Summary":"${"x".repeat(900)}"},"node_name":"n1","time":"${new Date().toISOString()}"}`;
const LOGRUS =
  'time="2026-01-23T07:50:22.887800089Z" level=info msg="Configuring Hubble event exporter" flowLogName=blocked options="{0x3c55a00}" subsys=hubble';
const SLOG =
  'time=2026-01-23T07:50:22.887800089Z level=info msg="Configuring Hubble event exporter" module=agent.hubble flowLogName=blocked options={}';
const OTHER = 'time=2026-01-23T07:50:22Z level=info msg="Policy imported" module=agent.policy';
const BAD = {
  "1.16": 'time="2026-01-23T07:50:22Z" level=warning msg="failed reading dynamic exporter config" subsys=hubble',
  "1.18":
    'time=2026-01-23T07:50:22Z level=error msg="Failed to parse dynamic exporter config" error="failed to unmarshal yaml config" configFile=/flowlog-config/flowlogs.yaml',
} as const;

it("flows, then is quiet because nothing is blocked", async () => {
  const { log, follow, hears, pass } = await stage();
  log.emit(LOGRUS);
  log.emit(flow(1));
  follow();
  await hears("flowing");
  pass(600);
  expect((await hears("quiet")).flows).toBe(1);
});

it.each([LOGRUS, SLOG])("an exporter is configured and nothing ever passed its filter: %s", async (word) => {
  const { log, follow, hears } = await stage();
  log.emit(word);
  log.emit(OTHER);
  follow();
  const { exporter } = await hears("never");
  expect(exporter.map(({ text }) => text)).toEqual([word]);
});

it("no exporter was ever configured", async () => {
  const { log, follow, hears } = await stage();
  log.emit(OTHER);
  follow();
  await hears("no-exporter");
});

it("does not know what an agent said before its log was read", async () => {
  const { log, follow, hears, pass } = await stage();
  log.emit(LOGRUS);
  log.rotate();
  pass(60);
  log.emit(OTHER);
  follow();
  await hears("unknown");
});

it.each(Object.entries(BAD))("the configuration is rejected, said as Cilium %s says it, until it is not", async (_, word) => {
  const { log, follow, hears, pass } = await stage();
  log.emit(LOGRUS);
  pass(5);
  log.emit(word);
  follow();
  const { exporter } = await hears("rejected");
  expect(exporter.at(-1)?.text).toBe(word);
  pass(5);
  log.emit(LOGRUS);
  await hears("never");
});

it("the exporter wrote /dev/stdout full, which took the device's place", async () => {
  const { log, follow, hears, pass } = await stage();
  log.emit(LOGRUS);
  follow();
  let bytes = 0;
  for (let number = 0; ; number++) {
    const line = flow(number);
    if (bytes + line.length + 1 > 10 * 1_048_576) break;
    bytes += line.length + 1;
    log.emit(line);
  }
  await hears("flowing");
  pass(300);
  log.emit(OTHER);
  await hears("stdout-rotated");
});

it("flows stopped, though neither the file's size nor the agent says why", async () => {
  const { log, follow, hears, pass } = await stage();
  log.emit(LOGRUS);
  for (let number = 0; number < 200; number++) log.emit(flow(number));
  follow();
  await hears("flowing");
  pass(3_600);
  log.emit(OTHER);
  await hears("stopped");
});

it("the stream hung behind a rotated file", async () => {
  const { cluster, log, follow, hears, pass } = await stage(300);
  cluster.faults.silentAfterRotation = true;
  log.emit(LOGRUS);
  follow();
  await hears("never");
  log.rotate();
  log.emit(OTHER);
  pass(10);
  await hears("hung");
});

it.each(["log", "get"] as const)("the right to %s is missing", async (what) => {
  const { cluster, log, follow, hears } = await stage();
  cluster.faults.forbidden.add("log").add(what);
  log.emit(LOGRUS);
  follow();
  const { trouble } = await hears("forbidden");
  expect(trouble).toContain('cannot get resource "pods/log"');
});

it("nothing runs yet", async () => {
  const { cluster, follow, hears } = await stage();
  const [pod] = cluster.pods;
  if (pod === undefined) throw new Error("one pod");
  pod.waiting = "ContainerCreating";
  follow();
  expect((await hears("waiting")).trouble).toMatch(/ContainerCreating|waiting to start/);
});

it("the API cannot be asked", async () => {
  const { cluster, log, follow, hears } = await stage();
  log.emit(LOGRUS);
  follow();
  await hears("never");
  await cluster.close();
  expect((await hears("unreachable")).trouble).not.toBe("");
});

it("lines arrive long after they were written", async () => {
  const { cluster, log, follow, hears, pass } = await stage();
  log.emit(LOGRUS);
  for (let number = 0; number < 400; number++) log.emit(flow(number));
  pass(300);
  cluster.faults.chunkBytes = 2_000;
  follow();
  await hears("late");
});
