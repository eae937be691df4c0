/** How the page reaches what answers it: a thread of its own, begun when first asked. */
import type { EngineAnswer, EngineRequest } from "./engine-answer.ts";
import type { WorkerReply, WorkerRequest } from "./engine-worker.ts";

export type AskEngine = (request: EngineRequest) => Promise<EngineAnswer>;

let thread: Worker | undefined;
let last = 0;

/** So that the first question does not wait for the thread. */
export function prepareEngine(): Worker {
  thread ??= new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" });
  return thread;
}

export const askEngine: AskEngine = (request) => {
  const worker = prepareEngine();
  const id = ++last;
  return new Promise((resolve, reject) => {
    const end = (): void => {
      worker.removeEventListener("message", hear);
      worker.removeEventListener("error", fail);
    };
    const hear = ({ data }: MessageEvent<WorkerReply>): void => {
      if (data.id !== id) return;
      end();
      if (data.answer === undefined) reject(new Error("the workshop could not be computed"));
      else resolve(data.answer);
    };
    /** A thread that did not arrive is begun anew by the next question. */
    const fail = (): void => {
      end();
      worker.terminate();
      if (thread === worker) thread = undefined;
      reject(new Error("the workshop's thread failed"));
    };
    worker.addEventListener("message", hear);
    worker.addEventListener("error", fail);
    const message: WorkerRequest = { id, request };
    worker.postMessage(message);
  });
};
