import { describe, expect, it } from "vitest";
import { type Config, readConfig, type Surroundings } from "./config.ts";
import { helpText } from "./help.ts";
import { OPTIONS } from "./options.ts";

const around = (argv: readonly string[], more: Partial<Surroundings> = {}): Surroundings => ({
  argv,
  env: {},
  cwd: "/home/ada",
  defaultDataDir: "/weir/data",
  holdsFlows: () => false,
  ...more,
});

function configOf(argv: readonly string[], more: Partial<Surroundings> = {}): Config {
  const read = readConfig(around(argv, more));
  if (read.is !== "config") throw new Error(JSON.stringify(read));
  return read.config;
}

function problemsOf(argv: readonly string[], more: Partial<Surroundings> = {}): readonly string[] {
  const read = readConfig(around(argv, more));
  return read.is === "wrong" ? read.problems : [];
}

it("serves demo data on loopback when nothing is said", () => {
  expect(configOf([])).toEqual({
    host: "127.0.0.1",
    port: 8080,
    allowAnonymous: false,
    allowedHosts: [],
    dataDir: "/weir/data",
    files: [],
    follow: false,
    stdin: false,
    agentLogs: undefined,
    relays: [],
    demo: { seed: 7, flows: 300_000 },
    retentionDays: 0,
    retentionBytes: 0,
    memoryMb: 512,
    adx: undefined,
    fillHours: 2,
    dev: false,
  });
});

describe("sources of flows", () => {
  it("takes files from options and bare words, relative to where the person stands", () => {
    const config = configOf(["--file", "a.log", "b.log.gz", "--file=/var/log/c.log", "--port", "0"]);
    expect(config.files).toEqual(["/home/ada/a.log", "/home/ada/b.log.gz", "/var/log/c.log"]);
    expect(config.demo).toBeUndefined();
    expect(config.port).toBe(0);
  });

  it("shows demo data beside an empty data directory, and what a filled one holds", () => {
    expect(configOf(["--data", "d"]).demo).toEqual({ seed: 7, flows: 300_000 });
    expect(configOf(["--data", "d"], { holdsFlows: (dir) => dir === "/home/ada/d" }).demo).toBeUndefined();
    expect(configOf(["--data", "d", "--demo"], { holdsFlows: () => true }).demo).toBeDefined();
    expect(configOf([], { holdsFlows: () => true }).demo).toBeDefined();
  });

  it("follows files when told to, and nothing else", () => {
    expect(configOf(["--file", "a", "--follow"]).follow).toBe(true);
    expect(configOf(["a.log"], { env: { WEIR_FOLLOW: "1" } }).follow).toBe(true);
    expect(problemsOf(["--stdin", "--follow"])).toEqual(["--follow: only together with --file"]);
  });

  it("never mixes demo data with real flows", () => {
    expect(problemsOf(["--demo", "--stdin"])).toEqual([expect.stringContaining("exclude one another")]);
    expect(problemsOf(["--file", "a", "--demo-seed", "3"])).toEqual([expect.stringContaining("--demo-seed")]);
  });
});

describe("agent logs", () => {
  it("are those of the cluster that kubectl would ask, when nothing else is said", () => {
    expect(configOf(["--agent-logs"])).toMatchObject({
      demo: undefined,
      agentLogs: { kubeconfig: undefined, context: undefined, namespace: "kube-system", selector: "k8s-app=cilium", sinceSeconds: 3_600 },
    });
  });

  it("are chosen by command line and environment", () => {
    const env = { WEIR_AGENT_LOGS: "1", WEIR_KUBECONFIG: "k/config", WEIR_KUBE_CONTEXT: "prod", WEIR_AGENT_NAMESPACE: "cilium" };
    expect(configOf(["--agent-selector", "app in (cilium, weir)", "--agent-logs-since", "all"], { env }).agentLogs).toEqual({
      kubeconfig: "/home/ada/k/config",
      context: "prod",
      namespace: "cilium",
      selector: "app in (cilium, weir)",
      sinceSeconds: undefined,
      silenceSeconds: 60,
    });
    expect(configOf(["--agent-logs", "--agent-logs-silence", "5s"]).agentLogs?.silenceSeconds).toBe(5);
    expect(configOf(["--agent-logs", "--agent-logs-since", "2d"]).agentLogs?.sinceSeconds).toBe(172_800);
  });

  it("have all their wrong values named at once", () => {
    expect(
      problemsOf([
        "--agent-logs",
        "--agent-namespace",
        "Kube_System",
        "--agent-selector=a;b",
        "--agent-logs-since=soon",
        "--agent-logs-silence=2h",
        "--agent-logs-silence=31m",
      ]),
    ).toEqual([
      '--agent-namespace "Kube_System": a namespace like kube-system is right',
      '--agent-selector "a;b": labels like k8s-app=cilium are right',
      '--agent-logs-since "soon": a duration like 15m, 6h or 2d, or all, is right',
      '--agent-logs-silence "2h": a duration from 1s to 30m is right',
      '--agent-logs-silence "31m": a duration from 1s to 30m is right',
    ]);
    expect(problemsOf(["--kubeconfig", "c", "--kube-context", "d"])).toEqual([
      "--kubeconfig, --kube-context: only together with --agent-logs",
    ]);
    expect(problemsOf(["--demo", "--agent-logs"])).toEqual([expect.stringContaining("exclude one another")]);
  });
});

describe("the environment", () => {
  it("is read, and the command line wins", () => {
    const env = {
      WEIR_HOST: "::1",
      WEIR_PORT: "9000",
      WEIR_DATA: "env",
      WEIR_FILE: "a.log:/b.log",
      WEIR_MEMORY: "2GB",
      WEIR_RETENTION_DAYS: "30",
      WEIR_RETENTION_SIZE: "10GB",
    };
    expect(configOf(["--port", "9001"], { env })).toMatchObject({
      host: "::1",
      port: 9001,
      dataDir: "/home/ada/env",
      files: ["/home/ada/a.log", "/b.log"],
      memoryMb: 2048,
      retentionDays: 30,
      retentionBytes: 10_737_418_240,
    });
  });

  it("turns switches on and off", () => {
    expect(configOf([], { env: { WEIR_STDIN: "1" } }).stdin).toBe(true);
    expect(configOf([], { env: { WEIR_STDIN: "false" } }).stdin).toBe(false);
    expect(problemsOf([], { env: { WEIR_STDIN: "maybe" } })).toEqual(['WEIR_STDIN "maybe": 1 or 0 is right']);
  });

  it("keeps no store too small to work in", () => {
    expect(problemsOf(["--retention-size", "1MB"])).toEqual(['--retention-size "1MB": at least 50MB is right, or 0']);
    expect(configOf(["--retention-size", "0"]).retentionBytes).toBe(0);
  });

  it("knows what Kubernetes writes into WEIR_PORT", () => {
    expect(problemsOf([], { env: { WEIR_PORT: "tcp://10.0.0.1:80" } })).toEqual([expect.stringContaining("enableServiceLinks")]);
  });
});

describe("wrong values", () => {
  it("are all named at once, with what would be right", () => {
    const problems = problemsOf(["--port", "70000", "--memory", "plenty", "--retention-days", "-1", "--hots", "--file"]);
    expect(problems).toEqual([
      "--hots: no such option; did you mean --host?",
      "--file: needs a value, PATH",
      '--port "70000": a whole number from 0 to 65535 is right (0 = any free one)',
      '--retention-days "-1": a whole number from 0 to 36500 is right (0 = never forget)',
      '--memory "plenty": a size like 512MB or 2GB is right',
    ]);
  });

  it.each(["0.0.0.0", "::", "192.0.2.7"])("do not open %s to everybody unless told to", (host) => {
    expect(problemsOf(["--host", host])).toEqual([expect.stringContaining("--allow-anonymous")]);
    expect(configOf(["--host", host, "--allow-anonymous"]).host).toBe(host);
  });

  it.each(["weir.example.com", "300.0.0.1", ""])("name a host that is no address: %j", (host) => {
    expect(problemsOf([`--host=${host}`])).not.toEqual([]);
  });
});

describe("Azure Data Explorer", () => {
  const cluster = ["--store", "adx", "--adx-cluster", "https://weir.northeurope.kusto.windows.net/", "--adx-database", "Kubernetes"];

  it("needs a cluster and a database, and little more", () => {
    const { adx, demo } = configOf(cluster);
    expect(adx).toMatchObject({
      cluster: "https://weir.northeurope.kusto.windows.net",
      database: "Kubernetes",
      signIn: "workload",
      shape: "typed",
      table: "",
      days: 14,
      timeoutMs: 60_000,
      trustedHosts: [],
    });
    expect(demo).toBeUndefined();
    expect(problemsOf(["--store", "adx"])).toEqual(["--store adx: needs --adx-cluster, --adx-database"]);
  });

  it("is read from the environment too", () => {
    const env = {
      WEIR_STORE: "adx",
      WEIR_ADX_CLUSTER: "http://127.0.0.1:8081",
      WEIR_ADX_DATABASE: "db",
      WEIR_ADX_SHAPE: "fluent-bit",
      WEIR_ADX_TRUST_HOST: "a.example,b.example",
    };
    expect(configOf([], { env }).adx).toMatchObject({ signIn: "none", shape: "fluent-bit", trustedHosts: ["a.example", "b.example"] });
  });

  it("names everything wrong at once", () => {
    const wrong = [
      "--store=adx",
      "--adx-cluster=http://elsewhere.example",
      "--adx-shape=round",
      "--adx-days=0",
      "--adx-table=a b",
      "--file",
      "x",
    ];
    expect(problemsOf(wrong)).toEqual([
      '--adx-cluster "http://elsewhere.example": an address like https://name.region.kusto.windows.net is right',
      '--adx-shape "round": one of typed, container-logs, fluent-bit, container-log-v2, container-network-logs, custom is right',
      '--adx-table "a b": a table name is right',
      '--adx-days "0": days from 1 to 3650 are right',
      "--store adx: needs --adx-database",
      expect.stringContaining("--file: not with --store adx"),
    ]);
  });

  it.each([
    "https://user:secret@c.kusto.windows.net",
    "https://c.kusto.windows.net/path",
    "https://c.kusto.windows.net?x=1",
    "https://c.kusto.windows.net;Fed=true",
    "ftp://c.kusto.windows.net",
    "c.kusto.windows.net",
  ])("takes no address like %s", (address) => {
    expect(problemsOf(["--store", "adx", "--adx-database", "db", "--adx-cluster", address])).toEqual([
      expect.stringContaining("--adx-cluster"),
    ]);
  });

  it("asks nobody's cluster without signing in, and no service principal without a secret", () => {
    expect(problemsOf([...cluster, "--adx-sign-in", "none"])).toEqual([expect.stringContaining("--adx-trust-host weir.northeurope")]);
    expect(configOf([...cluster, "--adx-sign-in", "none", "--adx-trust-host", "weir.northeurope.kusto.windows.net"]).adx?.signIn).toBe(
      "none",
    );
    expect(problemsOf([...cluster, "--adx-sign-in", "secret"])).toEqual([
      "--adx-sign-in secret: needs --adx-client-id, --adx-tenant-id, --adx-secret-file",
    ]);
  });

  it("lets feeds show what the cluster does not have yet, and names what it cannot go with", () => {
    expect(configOf([...cluster, "--agent-logs"])).toMatchObject({
      fillHours: 2,
      agentLogs: { namespace: "kube-system" },
      demo: undefined,
    });
    expect(configOf([...cluster, "--stdin", "--adx-fill-hours", "6"])).toMatchObject({ fillHours: 6, stdin: true });
    expect(configOf([...cluster, "--file", "a.log", "--follow"]).follow).toBe(true);
    expect(problemsOf([...cluster, "--file", "a.log"])).toEqual([expect.stringContaining("unless --follow goes on with it")]);
    expect(problemsOf([...cluster, "--demo"])).toEqual([expect.stringContaining("--demo: not with --store adx")]);
    expect(problemsOf([...cluster, "--agent-logs", "--retention-days", "3"])).toEqual([
      expect.stringContaining("--retention-days: not with --store adx"),
    ]);
    expect(problemsOf([...cluster, "--adx-fill-hours", "6"])).toEqual([expect.stringContaining("only together with a feed")]);
    expect(problemsOf([...cluster, "--relay", "127.0.0.1:4245", "--adx-fill-hours", "0"])).toEqual([
      '--adx-fill-hours "0": hours from 1 to 48 are right',
    ]);
  });

  it("means nothing to another store", () => {
    expect(problemsOf(["--adx-days", "3"])).toEqual(["--adx-days: only together with --store adx"]);
  });
});

it("tells help and version before anything else", () => {
  expect(readConfig(around(["--port", "x", "--help"]))).toEqual({ is: "show", what: "help" });
  expect(readConfig(around(["--version"]))).toEqual({ is: "show", what: "version" });
});

it("has every option in its help", () => {
  const text = helpText();
  for (const option of OPTIONS) expect(text).toContain(`--${option.name}`);
});
