/** An engine thread for tests: answers `status` with its settings, ends itself when asked to, never answers `summary`. */
import { parentPort, workerData } from "node:worker_threads";

parentPort?.postMessage({ news: "ready", store: "test store", feeds: [] });
parentPort?.on("message", (message: { readonly id: number; readonly method: string }) => {
  if (message.method === "summary") return;
  if (message.method === "groups") throw new Error("broken on purpose");
  if (message.method === "flows") process.exit(3);
  parentPort?.postMessage({ rpc: "reply", id: message.id, value: { answer: workerData } });
});
