import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { lineOf } from "#lib/decode/line-text.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import { createFileFeed } from "./file-feed.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "weir-lines-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function flowLine(uuid: string, label: string): string {
  return JSON.stringify({
    flow: {
      time: "2026-09-21T10:42:00.123456789Z",
      uuid,
      verdict: "DROPPED",
      drop_reason: 181,
      drop_reason_desc: "POLICY_DENY",
      IP: { source: "10.0.0.1", destination: "192.0.2.1", ipVersion: "IPv4" },
      l4: { TCP: { source_port: 40_000, destination_port: 443 } },
      source: { ID: 1, identity: 2, namespace: "shop", pod_name: "web-1", labels: [label] },
      destination: { identity: 3, labels: ["reserved:world"] },
      event_type: { type: 1, sub_type: 181 },
      traffic_direction: "EGRESS",
    },
    node_name: "node-1",
    time: "2026-09-21T10:42:00.123456789Z",
  });
}

async function read(bytes: Uint8Array): Promise<ReturnType<typeof createRecordingSink>> {
  const path = join(dir, "agent.log");
  await writeFile(path, bytes);
  const sink = createRecordingSink();
  const feed = createFileFeed({ paths: [path], decoder: createDecoder(), createJoiner: createLineJoiner });
  await feed.run(sink, new AbortController().signal);
  expect(feed.reports()[0]).toMatchObject({ state: "done", trouble: "" });
  return sink;
}

it("joins what a container runtime cut, stream by stream", async () => {
  const [first, second] = [flowLine("a", "k8s:app=one"), flowLine("b", "k8s:app=two")];
  const cri = (stream: string, tag: string, text: string): string => `2026-09-21T10:42:01.000000000Z ${stream} ${tag} ${text}\n`;
  const sink = await read(
    Buffer.from(
      cri("stdout", "P", first.slice(0, 100)) +
        cri("stderr", "P", second.slice(0, 50)) +
        cri("stdout", "F", first.slice(100)) +
        cri("stderr", "F", second.slice(50)),
    ),
  );
  expect(sink.uuids().sort()).toEqual(["a", "b"]);
  expect(sink.total()).toBe(2);
});

it("keeps bytes that are no UTF-8, and CRLF", async () => {
  const line = Buffer.from(flowLine("a", "k8s:app=x").replace('app=x"', "app="));
  const at = line.indexOf("app=") + 4;
  const bytes = Buffer.concat([line.subarray(0, at), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('"'), line.subarray(at)]);
  const sink = await read(Buffer.concat([bytes, Buffer.from("\r\n"), bytes]));
  const flows = sink.batches.flatMap((batch) => batch.flows);
  expect(flows.map((flow) => lineOf(flow.parts))).toEqual([`${bytes.toString("latin1")}\r`, bytes.toString("latin1")]);
});

it("loses no good line beside a huge one, a cut one and a blank one", async () => {
  const huge = `{"flow":{"uuid":"${"x".repeat(2 << 20)}"}}`;
  const text = [flowLine("a", "k8s:app=x"), huge, "", flowLine("b", "k8s:app=y").slice(0, 120), flowLine("c", "k8s:app=z")].join("\n");
  const sink = await read(Buffer.from(text));
  expect(sink.uuids()).toEqual(["a", "c"]);
  const tallies = sink.batches.map((batch) => batch.tally);
  expect(tallies.map(({ total, agent, rejected, rejectedBy }) => ({ total, agent, rejected, rejectedBy }))).toEqual([
    { total: 5, agent: 1, rejected: 2, rejectedBy: { "too-long": 1, cut: 1 } },
  ]);
});
