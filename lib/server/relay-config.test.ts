import { expect, it } from "vitest";
import { type Config, readConfig, type Surroundings } from "./config.ts";

function around(argv: readonly string[], env: Surroundings["env"]): Surroundings {
  return { argv, env, cwd: "/home/ada", defaultDataDir: "/weir/data", holdsFlows: () => false };
}

function configOf(argv: readonly string[], env: Surroundings["env"] = {}): Config {
  const read = readConfig(around(argv, env));
  if (read.is !== "config") throw new Error(JSON.stringify(read));
  return read.config;
}

function problemsOf(argv: readonly string[]): readonly string[] {
  const read = readConfig(around(argv, {}));
  return read.is === "wrong" ? read.problems : [];
}

it("takes a relay, with TLS unless it is told otherwise", () => {
  expect(configOf(["--relay", "hubble-relay.kube-system.svc:443", "--relay-ca", "ca.pem", "--file", "a.log"])).toMatchObject({
    relays: [
      {
        address: "hubble-relay.kube-system.svc:443",
        insecure: false,
        ca: "/home/ada/ca.pem",
        cert: undefined,
        key: undefined,
        serverName: undefined,
      },
    ],
    files: ["/home/ada/a.log"],
    demo: undefined,
  });
  const env = { WEIR_RELAY: "[::1]:4245", WEIR_RELAY_INSECURE: "1" };
  expect(configOf([], env).relays).toMatchObject([{ address: "[::1]:4245", insecure: true }]);
  expect(configOf(["--relay", "a:1"]).relays[0]?.insecure).toBe(false);
});

it("takes several relays, which share a certificate or have one each, in order", () => {
  const two = ["--relay", "a:1", "--relay", "b:1"];
  expect(
    configOf([...two, "--relay-ca", "ca.pem", "--relay-server-name", "relay.a", "--relay-server-name", "relay.b"]).relays,
  ).toMatchObject([
    { address: "a:1", ca: "/home/ada/ca.pem", serverName: "relay.a" },
    { address: "b:1", ca: "/home/ada/ca.pem", serverName: "relay.b" },
  ]);
  const env = { WEIR_RELAY: "a:1,b:1", WEIR_RELAY_CERT: "a.pem,b.pem", WEIR_RELAY_KEY: "a.key,b.key" };
  expect(configOf([], env).relays).toMatchObject([
    { cert: "/home/ada/a.pem", key: "/home/ada/a.key" },
    { cert: "/home/ada/b.pem", key: "/home/ada/b.key" },
  ]);
  expect(configOf([...two, "--relay-insecure"]).relays.map(({ insecure }) => insecure)).toEqual([true, true]);
});

it.each([
  [["--relay", "127.0.0.1"], "a host and a port"],
  [["--relay", "http://relay:80"], "a host and a port"],
  [["--relay", "unix:/var/run/hubble.sock"], "a host and a port"],
  [["--relay", "relay:70000"], "a port from 1 to 65535"],
  [["--relay-ca", "ca.pem"], "--relay-ca: only together with --relay"],
  [["--relay", "a:1", "--relay-insecure", "--relay-ca", "ca.pem"], "not with --relay-ca"],
  [["--relay", "a:1", "--relay-cert", "c.pem"], "--relay-cert and --relay-key: only together"],
  [["--relay", "a:1", "--relay-server-name", "a b"], "a name like"],
  [["--relay", "a:1", "--demo"], "exclude one another"],
  [["--relay", "a:1", "--relay", "b:1", "--relay", "a:1"], "--relay a:1: given twice"],
  [["--relay", "a:1", "--relay", "b:1", "--relay", "c:1", "--relay-ca", "a", "--relay-ca", "b"], "--relay-ca: given 2 times for 3 relays"],
  [["--relay", "a:1", "--relay-ca", "a", "--relay-ca", "b"], "--relay-ca: given 2 times for 1 relay;"],
])("names what is wrong with %j", (argv, problem) => {
  expect(problemsOf(argv)).toEqual([expect.stringContaining(problem)]);
});
