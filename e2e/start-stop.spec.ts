import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "playwright/test";
import { startWeir } from "./weir-server.ts";

test("answers about its health, and ends on SIGTERM with connections open", async () => {
  const weir = await startWeir();
  expect((await fetch(`${weir.url}/livez`)).status).toBe(200);
  expect((await fetch(`${weir.url}/readyz`)).status).toBe(200);
  const { hostname, port } = new URL(weir.url);
  const half = connect(Number(port), hostname);
  await once(half, "connect");
  half.write("GET / HTTP/1.1\r\nHost: localhost\r\n");
  const idle = request(`${weir.url}/livez`, { headers: { connection: "keep-alive" } });
  idle.end();
  const [response] = await once(idle, "response");
  response.resume();
  for (const socket of [half, idle]) socket.on("error", () => undefined);
  expect(await weir.stop("SIGTERM")).toEqual({ code: 143, signal: null });
});

test("ends on Ctrl-C while it reads", async () => {
  const weir = await startWeir({ args: ["--demo", "--demo-flows", "2000000"], whileReading: true });
  expect(await weir.stop("SIGINT")).toEqual({ code: 130, signal: null });
});

test("says what is wrong with its options, all at once, and does not start", async () => {
  const problem = await startWeir({ args: ["--port", "99999", "--memory", "much"] }).then(
    () => "it started",
    (error: unknown) => String(error),
  );
  expect(problem).toContain('--port "99999"');
  expect(problem).toContain('--memory "much"');
});

test("does not go by a foreign name", async () => {
  const weir = await startWeir();
  const answer = request(`${weir.url}/`, { headers: { host: "rebound.example.com" } });
  answer.end();
  const [response] = await once(answer, "response");
  response.resume();
  expect(response.statusCode).toBe(421);
  await weir.stop();
});
