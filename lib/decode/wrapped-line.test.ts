/** What shippers wrap around a line is seen through quickly only where the general path would see the same. */
import { expect, it } from "vitest";
import { createDecoder, type Decoder } from "./decoder.ts";
import { createRandom, goodLine } from "./fuzz-lines.ts";
import { lineOf } from "./line-text.ts";
import { WrappedLines } from "./wrapped-line.ts";

const CONTEXT = { fallbackTime: 7n };
const goClean = (json: string): string => json.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
const time = "2026-01-23T00:00:09.5Z";
const SHIPPERS: readonly (readonly [name: string, wrap: (line: string, index: number) => string])[] = [
  ["Docker", (line, index) => goClean(JSON.stringify({ log: `${line}\n`, stream: index % 3 === 0 ? "stdout" : "stderr", time }))],
  [
    "Fluent Bit",
    (log, index) => JSON.stringify({ date: 1769126400.5 + index, log, kubernetes: { pod_name: `p-${index}`, labels: { a: "b" } } }),
  ],
  ["a spaced one", (message, index) => `{"offset": ${index}, "message": ${JSON.stringify(message)}, "ok": true}`],
];

function plainLines(count: number): string[] {
  const random = createRandom(21);
  const lines: string[] = [];
  while (lines.length < count) {
    const { line } = goodLine(random);
    if (line.startsWith("{")) lines.push(line);
  }
  return lines;
}

function answer(decoder: Decoder, line: string): unknown {
  const decoded = decoder.decode(line, CONTEXT);
  if (decoded.is !== "flow") return decoded;
  const { parts, ...flow } = decoded.flow;
  expect(lineOf(parts)).toBe(line);
  return { flow, kinds: parts.shape.kinds };
}

it.each(SHIPPERS)("decodes lines of %s as the general path does, byte for byte", (_, wrap) => {
  const [fast, slow] = [createDecoder(), createDecoder({ templates: false })];
  for (const [index, line] of plainLines(400).entries()) {
    const wrapped = wrap(line, index);
    expect(answer(fast, wrapped)).toEqual(answer(slow, wrapped));
  }
});

it.each([
  ["another text that holds a flow", (line: string) => JSON.stringify({ message: line, log: line })],
  ["a message and a level", (line: string) => JSON.stringify({ log: line, level: "info", msg: "x" })],
  ["broken numbers around it", (line: string) => `{"offset":01,"log":${JSON.stringify(line)}}`],
  ["a text around it that never ends", (line: string) => `{"log":${JSON.stringify(line)},"stream":"std`],
  ["a flow beside it", (line: string) => `{"log":${JSON.stringify(line)},"flow":{"verdict":"DROPPED","Type":"L7","time":"${time}"}}`],
  ["other escapes than either way writes", (line: string) => JSON.stringify({ log: line, offset: 1 }).replaceAll("/", "\\/")],
  ["letters beyond ASCII", (line: string) => JSON.stringify({ log: line.replaceAll("k8s:app", "k8s:\u00e4pp"), offset: 1 })],
])("does not mistake a line with %s", (_, wrap) => {
  const [fast, slow] = [createDecoder(), createDecoder({ templates: false })];
  for (const line of plainLines(60)) {
    for (const known of [JSON.stringify({ log: line, offset: 5 }), JSON.stringify({ log: line, stream: "a" })]) fast.decode(known, CONTEXT);
    expect(answer(fast, wrap(line))).toEqual(answer(slow, wrap(line)));
  }
});

it("knows a line again by what is around it, but for values", () => {
  const lines = new WrappedLines();
  const wrap = (inner: string, offset: string): string => `{"log":${JSON.stringify(inner)},"offset":${offset}}`;
  expect(lines.find(wrap('{"a":1}', "5"))).toBeUndefined();
  lines.learn(wrap('{"a":1}', "5"), '{"a":1}');
  expect(lines.find(wrap('{"b":"<"}', "-7.5e3"))).toMatchObject({ inner: '{"b":"<"}', before: '{"log":"', after: '","offset":-7.5e3}' });
  for (const offset of ["07", "true", '"7"', '"\\n"', "7,", "[7]"]) expect(lines.find(wrap('{"b":2}', offset))).toBeUndefined();
});
