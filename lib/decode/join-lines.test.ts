/** Physical lines become logical ones, and none is lost or swallowed on the way. */
import { describe, expect, it } from "vitest";
import { createLineJoiner } from "./join-lines.ts";

const T1 = "2026-01-23T00:00:04.025400258Z";
const T2 = "2026-01-23T00:00:05.1Z";

function joined(...lines: string[]): string[] {
  const joiner = createLineJoiner();
  return [...lines.flatMap((line) => joiner.push(line)), ...joiner.flush()];
}

describe("CRI parts", () => {
  it("joins the parts of each stream under the head of the first", () => {
    expect(joined(`${T1} stdout P {"flow":`, `${T2} stderr F words`, `${T2} stdout P {"uuid"`, `${T2} stdout F :"a"}}`)).toEqual([
      `${T2} stderr F words`,
      `${T1} stdout F {"flow":{"uuid":"a"}}`,
    ]);
  });

  it("passes whole lines on as they are, with any offset and tags", () => {
    const lines = [`${T1} stdout F {"flow":{}}`, "2026-01-23T00:00:05+01:00 stderr F:x words", `${T1} stdout F `, "2026 was a year"];
    expect(joined(...lines)).toEqual(lines);
  });

  it("does not let a lost last part swallow the next flow", () => {
    expect(joined(`${T1} stdout P {"flow":{"a"`, `${T2} stdout F {"flow":{}}`)).toEqual([
      `${T1} stdout F {"flow":{"a"`,
      `${T2} stdout F {"flow":{}}`,
    ]);
  });

  it("gives up after a thousand other lines", () => {
    const joiner = createLineJoiner();
    joiner.push(`${T1} stdout P begin`);
    const out = Array.from({ length: 1001 }, (_, index) => joiner.push(`${T2} stderr F ${index}`)).flat();
    expect(out.length).toBe(1002);
    expect(out[1000]).toBe(`${T1} stdout F begin`);
    expect(joiner.pending).toBe(false);
  });

  it("holds a bounded text", () => {
    const joiner = createLineJoiner();
    for (let part = 0; part < 200; part++) joiner.push(`${T1} stdout P ${"x".repeat(16_384)}`);
    expect(joiner.flush().map((line) => line.length)).toEqual([1_048_577]);
  });
});

describe("Docker parts", () => {
  const whole = (log: string) => JSON.stringify({ log, stream: "stdout", time: T1 });

  it("joins what was cut at 16 kB and has no line end", () => {
    const text = `{"flow":{"Summary":"${"é<".repeat(12_000)}"}}\n`;
    const cut = 16_384;
    expect(joined(whole(text.slice(0, cut)), whole(text.slice(cut)))).toEqual([whole(text)]);
  });

  it("leaves short lines without a line end alone, as log shippers write them", () => {
    const lines = [whole("a"), whole('{"flow":{}}'), '{"log":"cut', whole("b\n")];
    expect(joined(...lines)).toEqual(lines);
  });
});

describe("JSON printed over many lines", () => {
  it("joins from a lone brace to its closing one", () => {
    expect(joined("words", "{", '  "flow": {', '    "uuid": "}"', "  }", "}", "words")).toEqual([
      "words",
      '{\n  "flow": {\n    "uuid": "}"\n  }\n}',
      "words",
    ]);
  });

  it("joins a fragment that begins with a key", () => {
    expect(joined('    "egress_denied_by": [', "      {", '        "name": "a"', "      }", "    ],", "words")).toEqual([
      '    "egress_denied_by": [\n      {\n        "name": "a"\n      }\n    ],',
      "words",
    ]);
  });

  it("ends at a line that cannot belong to it", () => {
    expect(joined("{", '{"flow":{}}', "  indented")).toEqual(["{", '{"flow":{}}', "  indented"]);
    expect(joined("{", '  "a": 1,', `${T1} stdout F words`)).toEqual(['{\n  "a": 1,', `${T1} stdout F words`]);
  });

  it("says that it waits", () => {
    const joiner = createLineJoiner();
    expect([joiner.pending, joiner.push("{"), joiner.pending, joiner.flush(), joiner.pending]).toEqual([false, [], true, ["{"], false]);
  });
});
