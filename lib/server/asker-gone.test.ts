import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { askerGone, whileAsked } from "./asker-gone.ts";

it("tells what works for a request that its asker hung up, and only then", async () => {
  const signals: AbortSignal[] = [];
  const aborted = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    void whileAsked(response, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const gone = askerGone();
      if (gone === undefined) throw new Error("no signal");
      signals.push(gone);
      if (request.url === "/answered") response.end("there");
      else gone.addEventListener("abort", () => aborted.resolve());
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  expect(await (await fetch(`${base}/answered`)).text()).toBe("there");
  const leaving = new AbortController();
  const asked = fetch(`${base}/waiting`, { signal: leaving.signal }).catch(() => "hung up");
  await expect.poll(() => signals.length).toBe(2);
  leaving.abort();
  expect(await asked).toBe("hung up");
  await aborted.promise;
  expect(signals.map(({ aborted: isAborted }) => isAborted)).toEqual([false, true]);
  expect(askerGone()).toBeUndefined();
  server.closeAllConnections();
  server.close();
});
