/** The whole way over https: an authority that only the kubeconfig knows, a service account, a plugin; and kubectl as an outside judge. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { directory, follow, standIn, stored, until } from "#lib/testing/followed-cluster.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import { type KubernetesStandIn, standInAuthority } from "../../../e2e/kubernetes-stand-in/kubernetes-stand-in.ts";

afterEach(() => vi.unstubAllEnvs());

async function secured(): Promise<KubernetesStandIn> {
  const cluster = await standIn(1, { isTls: true });
  cluster.token = "right";
  cluster.pods[0]?.log.emit("flow a");
  return cluster;
}

const withUser = (cluster: KubernetesStandIn, user: object): { readonly kubeconfig: string } => ({
  kubeconfig: cluster.kubeconfig.replace(/user: \{ token: [^}]*\}/, `user: ${JSON.stringify(user)}`),
});

describe("over https", () => {
  it("trusts the authority of the kubeconfig", async () => {
    const cluster = await secured();
    const sink = createRecordingSink();
    follow(withUser(cluster, { token: "right" }), sink);
    await stored(sink, 1);
    cluster.pods[0]?.log.emit("flow b");
    await stored(sink, 2);
  });

  it("trusts nobody else, and says so", async () => {
    const cluster = await secured();
    const { kubeconfig } = withUser(cluster, { token: "right" });
    const { report } = follow({ kubeconfig: kubeconfig.replace(/, certificate-authority-data: [^ ]*/, "") }, createRecordingSink());
    await until("the trouble", () => /certificate/.test(report().trouble));
  });

  it("goes on as soon as the right credentials are there", async () => {
    const cluster = await secured();
    const sink = createRecordingSink();
    const { report } = follow(withUser(cluster, { token: "wrong" }), sink);
    await until("the trouble", () => report().trouble.startsWith("The cluster does not accept these credentials"));
    cluster.token = "wrong";
    await stored(sink, 1);
  });

  it("asks a plugin of the kubeconfig, with the environment it wants", async () => {
    const cluster = await secured();
    const script = join(directory(), "plugin.mjs");
    writeFileSync(
      script,
      `process.stdout.write(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token: process.env.GIVEN } }));\n`,
    );
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: [script],
      env: [{ name: "GIVEN", value: "right" }],
      interactiveMode: "Never",
    };
    const sink = createRecordingSink();
    follow(withUser(cluster, { exec }), sink);
    await stored(sink, 1);
  });

  it("takes the service account of the pod it runs in", async () => {
    const cluster = await secured();
    const root = directory();
    const account = join(root, "var/run/secrets/kubernetes.io/serviceaccount");
    mkdirSync(account, { recursive: true });
    writeFileSync(join(account, "token"), "right");
    writeFileSync(join(account, "ca.crt"), standInAuthority());
    writeFileSync(join(account, "namespace"), "weir");
    const { hostname, port } = new URL(cluster.url);
    vi.stubEnv("KUBERNETES_SERVICE_HOST", hostname);
    vi.stubEnv("KUBERNETES_SERVICE_PORT", port);
    const sink = createRecordingSink();
    const { report } = follow(cluster, sink, { choice: { kubeconfig: undefined, serviceAccountRoot: root } });
    await stored(sink, 1);
    expect(report()).toMatchObject({ state: "following", trouble: "" });
  });
});

const kubectl = spawnSync("kubectl", ["version", "--client"], { encoding: "utf8" }).status === 0;

describe.skipIf(!kubectl)("kubectl, which we did not write", () => {
  it("finds the stand-in's pods, and in their logs what the feed finds", async () => {
    const cluster = await secured();
    const [pod] = cluster.pods;
    pod?.log.restart();
    pod?.log.emit("flow b");
    const folder = directory();
    const file = join(folder, "config");
    writeFileSync(file, withUser(cluster, { token: "right" }).kubeconfig);
    const { execFile } = await import("node:child_process");
    const { promisify } = await import("node:util");
    const run = async (...args: string[]): Promise<string> =>
      (
        await promisify(execFile)("kubectl", ["--kubeconfig", file, "-n", "kube-system", ...args], {
          env: { ...process.env, HOME: folder },
        })
      ).stdout;
    expect(await run("get", "pods", "-l", "k8s-app=cilium", "-o", "name")).toBe(`pod/${pod?.name}\n`);
    const logs = ["logs", pod?.name ?? "", "-c", "cilium-agent", "--timestamps"];
    expect(await run(...logs)).toMatch(/^\S+Z flow b\n$/);
    expect(await run(...logs, "--previous")).toMatch(/^\S+Z flow a\n$/);
    expect(await run(...logs, "--since-time", "2099-01-01T00:00:00Z")).toBe("");
  });
});
