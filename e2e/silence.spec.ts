/** Every cause of silence at once, each by an agent of one stand-in cluster, as the coverage page names it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "playwright/test";
import { soakLine } from "../bin/soak/soak-lines.ts";
import { expectAccessible } from "./accessible.ts";
import { type KubernetesStandIn, startKubernetesStandIn } from "./kubernetes-stand-in/kubernetes-stand-in.ts";
import type { StandInPod } from "./kubernetes-stand-in/stand-in-pod.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

const CONFIGURED =
  'time=2026-01-23T07:50:22.887800089Z level=info msg="Configuring Hubble event exporter" module=agent.hubble flowLogName=blocked options={}';
const REJECTED =
  'time=2026-01-23T07:50:22Z level=error msg="Failed to parse dynamic exporter config" error="failed to unmarshal yaml config" configFile=/flowlog-config/flowlogs.yaml';
const OTHER = 'time=2026-01-23T07:50:22Z level=info msg="Policy imported" module=agent.policy';
const MINUTE = 60_000;
const FILE_MAX = 10 * 1_048_576;

interface Told {
  readonly says: string;
  readonly about: RegExp;
  /** In the cluster's own words. */
  readonly trouble?: string;
  readonly workshop?: string;
  /** Written `AGO` before the rest. */
  before?(pod: StandInPod): void;
  /** Written now. */
  now?(pod: StandInPod): void;
  /** Once Weir follows. */
  later?(pod: StandInPod): void;
  /** All the time. */
  again?(pod: StandInPod): void;
}

/** What an agent goes through, and what has to stand in its row. */
const SILENCES: readonly Told[] = [
  {
    says: "No rights",
    about: /kubectl auth can-i get pods --subresource=log/,
    trouble: 'User "weir" cannot get resource "pods/log"',
    now: ({ faults }) => {
      faults.isForbidden = true;
    },
  },
  {
    says: "Config rejected",
    about: /cannot use its exporter configuration/,
    workshop: "Check the configuration in the exporter workshop",
    before: ({ log }) => log.emit(CONFIGURED),
    now: ({ log }) => log.emit(REJECTED),
  },
  {
    says: "Stopped at 10 MB",
    about: /writes to \/dev\/stdout .* Set filePath: stdout/,
    workshop: "Mend it in the exporter workshop",
    before: (pod) => {
      pod.log.emit(CONFIGURED);
      emitUpTo(pod, FILE_MAX);
    },
    now: ({ log }) => log.emit(OTHER),
  },
  {
    says: "No exporter",
    about: /says nothing of a Hubble exporter/,
    workshop: "Make one in the exporter workshop",
    before: ({ log }) => log.emit(OTHER),
    now: ({ log }) => log.emit(OTHER),
  },
  {
    says: "Cannot be read",
    about: /tries again and again/,
    trouble: "connection refused",
    now: ({ faults }) => {
      faults.isBroken = true;
    },
  },
  {
    says: "Flows stopped",
    about: /Many flows came and then none/,
    workshop: "Look at its filePath and end in the exporter workshop",
    before: (pod) => {
      pod.log.emit(CONFIGURED);
      for (let flow = 0; flow < 150; flow++) emitFlow(pod);
    },
    now: ({ log }) => log.emit(OTHER),
  },
  {
    says: "Stream hung",
    about: /open and silent while the log went on/,
    before: ({ log }) => log.emit(CONFIGURED),
    later: ({ log, faults }) => {
      faults.isSilentAfterRotation = true;
      log.rotate();
      at(-20_000, () => log.emit(OTHER));
    },
  },
  {
    says: "Catching up",
    about: /more than a minute after they were written/,
    before: ({ log }) => log.emit(CONFIGURED),
    again: ({ log }) => at(-5 * MINUTE, () => log.emit(OTHER)),
  },
  {
    says: "Not running",
    about: /ContainerCreating|waiting to start/,
    now: (pod) => {
      pod.waiting = "ContainerCreating";
      cluster.touch(pod);
    },
  },
  {
    says: "No flow, cause unknown",
    about: /--agent-logs-since all/,
    before: ({ log }) => {
      log.emit(CONFIGURED);
      log.rotate();
    },
    now: ({ log }) => log.emit(OTHER),
  },
  {
    says: "Nothing passed the filter",
    about: /nothing is blocked there, or the filter lets nothing through/,
    workshop: "Look at its filter in the exporter workshop",
    before: ({ log }) => log.emit(CONFIGURED),
    now: ({ log }) => log.emit(OTHER),
  },
  {
    says: "Quiet, nothing blocked",
    about: /^/,
    before: (pod) => {
      pod.log.emit(CONFIGURED);
      emitFlow(pod);
    },
    now: ({ log }) => log.emit(OTHER),
  },
  { says: "Flowing", about: /^/, before: ({ log }) => log.emit(CONFIGURED), now: (pod) => emitFlow(pod) },
];
const AGO = 20 * MINUTE;

let cluster: KubernetesStandIn;
let weir: WeirServer;
let folder: string;
let ticking: NodeJS.Timeout;
let shift = -AGO;
let number = 0;

/** As if it were another time for the cluster. */
function at(milliseconds: number, run: () => void): void {
  const before = shift;
  shift = milliseconds;
  run();
  shift = before;
}

function emitFlow({ log, node }: StandInPod): number {
  const line = soakLine(number++, node, Date.now() + shift);
  log.emit(line);
  return line.length + 1;
}

function emitUpTo(pod: StandInPod, bytes: number): void {
  for (let written = 0; written < bytes - 2_000; ) written += emitFlow(pod);
}

function each(run: (told: Told, pod: StandInPod) => void): void {
  for (const [index, told] of SILENCES.entries()) {
    const pod = cluster.pods[index];
    if (pod !== undefined) run(told, pod);
  }
}

test.beforeAll(async () => {
  cluster = await startKubernetesStandIn({ pods: SILENCES.length, now: () => Date.now() + shift });
  folder = await mkdtemp(join(tmpdir(), "weir-silence-"));
  await writeFile(join(folder, "kubeconfig"), cluster.kubeconfig);
  each(({ before }, pod) => before?.(pod));
  shift = 0;
  each(({ now }, pod) => now?.(pod));
  ticking = setInterval(() => each(({ again }, pod) => again?.(pod)), 500);
  weir = await startWeir({
    args: ["--agent-logs", "--kubeconfig", join(folder, "kubeconfig"), "--agent-logs-since", "all", "--agent-logs-silence", "3s"],
    whileReading: true,
  });
});

test.afterAll(async () => {
  clearInterval(ticking);
  await weir?.stop();
  await cluster?.close();
  await rm(folder, { recursive: true, force: true });
});

const agents = (page: Page): Locator => page.getByRole("region", { name: "Agents" });
const rowOf = (page: Page, index: number): Locator => agents(page).getByRole("row", { name: new RegExp(`^node-${index} `) });

test("the coverage page tells every cause of silence apart", async ({ page }) => {
  await expect.poll(() => cluster.streams.open, { timeout: 30_000 }).toBeGreaterThan(SILENCES.length - 4);
  await page.goto(`${weir.url}/coverage`);
  await expect(agents(page)).toContainText("Quiet, nothing blocked");
  each(({ later }, pod) => later?.(pod));
  await expect(async () => {
    await page.reload();
    for (const [index, { says }] of SILENCES.entries()) await expect(rowOf(page, index)).toContainText(says, { timeout: 200 });
  }).toPass();
  for (const [index, { says, about, trouble = "", workshop }] of SILENCES.entries()) {
    const row = rowOf(page, index);
    await expect(row, says).toContainText(about);
    await expect(row, says).toContainText(trouble);
    if (workshop === undefined) await expect(row.getByRole("link"), says).toHaveCount(0);
    else await expect(row.getByRole("link", { name: workshop })).toHaveAttribute("href", /^\/exporter/);
  }
  // the worst first, the one that flows last
  const nodes = await agents(page).getByRole("rowheader").allTextContents();
  expect(nodes.map((text) => Number(/^node-(\d+)/.exec(text)?.[1]))).toEqual(SILENCES.map((_, index) => index));
  await expectAccessible(page);
});
