/** Whatever is pasted gives a clear finding; nothing hangs, nothing throws. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "#lib/testing/hostile-texts.ts";
import { checkConfig } from "./check-config.ts";
import { readConfig } from "./read-config.ts";
import { MAX_CONFIG_TEXT, MAX_ENTRIES, MAX_FINDINGS_OF_A_KIND } from "./reading-limits.ts";

/** Aliases of aliases: nine levels of nine are 387 million values. */
const BOMB = [
  "a: &a [x, x, x, x, x, x, x, x, x]",
  ..."bcdefghi".split("").map((name, at) => level(name, "abcdefgh"[at] ?? "a")),
  "flowLogs: *i",
].join("\n");

const CASES: readonly (readonly [string, string, string])[] = [
  ["five million characters", "flowLogs:\n".padEnd(5_000_000, "- name: a\n"), "too-much"],
  ["a binary file", String.fromCharCode(...Array.from({ length: 4096 }, (_, at) => (at * 7) % 256)), "not-yaml"],
  ["brackets without end", "[".repeat(100_000), "too-much"],
  ["maps without end", `${"{a: ".repeat(50_000)}1`, "too-much"],
  ["indentation without end", Array.from({ length: 1200 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"), "too-much"],
  ["aliases that grow", BOMB, "not-yaml"],
  ["an alias to itself", "flowLogs: &a [*a]", "not-yaml"],
  ["ten thousand entries", entries(10_000), "too-much"],
  [
    "five thousand filters",
    `flowLogs:\n- name: a\n  filePath: b\n  includeFilters:\n${"  - verdict: [DROPPED]\n".repeat(5_000)}`,
    "too-much",
  ],
  ["thirty thousand unknown keys", `flowLogs:\n- name: a\n  filePath: b\n${keys(30_000)}`, "unknown-key"],
  ["one long line", `flowLogs: "${"x".repeat(900_000)}"`, "wrong-type"],
  ["one long key", `${"k".repeat(5000)}: 1`, "not-yaml"],
  ["a million blanks", " ".repeat(1_000_000), "removes-all"],
  ["a NUL", "flowLogs:\n- name: a\0b\n", "not-yaml"],
];

describe("a paste", () => {
  it.each(CASES)("of %s is answered", (_, text, kind) => {
    const before = process.cpuUsage();
    const { findings, draft } = readConfig(text, { version: "1.17" });
    const used = process.cpuUsage(before);
    expect(findings.map((finding) => finding.kind)).toContain(kind);
    expect(draft.entries.length).toBeLessThanOrEqual(MAX_ENTRIES);
    // Processor time, not the clock: ten times what a page may take, on a machine that does other things.
    expect((used.user + used.system) / 1000).toBeLessThan(10_000);
  });

  it("of as many entries as are read is checked whole", () => {
    const { draft, verdict, places } = readConfig(entries(MAX_ENTRIES), { version: "1.17" });
    expect([verdict.is, draft.entries.length]).toEqual(["accepted", MAX_ENTRIES]);
    expect(checkConfig(draft, { version: "1.17", now: 0, places }).length).toBeGreaterThan(0);
  });

  it("with thousands of alike mistakes has them counted, not listed", () => {
    const { findings } = readConfig(`flowLogs:\n- name: a\n  filePath: b\n${keys(2_000)}`, { version: "1.17" });
    expect(findings.length).toBe(MAX_FINDINGS_OF_A_KIND + 1);
    expect(findings.map(({ title }) => title)).toContain("1,500 more like these");
  });

  it("of just too many characters is not read", () => {
    expect(readConfig("#".repeat(MAX_CONFIG_TEXT + 1), { version: "1.17" }).findings.map(({ kind }) => kind)).toEqual(["too-much"]);
  });
});

describe("anything", () => {
  const anywhere = fc.constantFrom(
    ...HOSTILE,
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "- ",
    ": ",
    "\t",
    "{",
    "[",
    "'",
    '"',
    "|\n",
    "\r",
    "\u0085",
    "---\n",
  );
  const valid = "flowLogs:\n- name: a\n  filePath: stdout\n  includeFilters:\n  - verdict: [DROPPED]\n    destination_port: ['443']\n";

  it("gives a verdict, in any place of a configuration and as any text", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(valid.length), anywhere), { maxLength: 4 }), fc.string(), (edits, tail) => {
        let text = valid;
        for (const [at, piece] of edits) text = text.slice(0, at) + piece + text.slice(at);
        const read = readConfig(text + tail, { version: "1.19" });
        expect(["accepted", "rejected"]).toContain(read.verdict.is);
        if (read.verdict.is === "rejected")
          expect(checkConfig(read.draft, { version: "1.19", now: 0, places: read.places }).concat(read.findings)).not.toEqual([]);
        for (const { place } of read.findings) {
          if (place.text === undefined) continue;
          expect(place.text.offset + place.text.length).toBeLessThanOrEqual(text.length + tail.length);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("with __proto__ for a key changes nothing", () => {
    const read = readConfig("__proto__: {polluted: 1}\nflowLogs:\n- __proto__: {name: x}\n  name: a\n  filePath: b\n", { version: "1.17" });
    expect(read.config?.entries.map(({ name }) => name)).toEqual(["a"]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

function level(name: string, before: string): string {
  return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`;
}

function entries(count: number): string {
  return `flowLogs:\n${Array.from({ length: count }, (_, at) => `- {name: n${at}, filePath: /p${at}, includeFilters: [{verdict: [DROPPED]}]}`).join("\n")}\n`;
}

function keys(count: number): string {
  return Array.from({ length: count }, (_, at) => `  key${at}: 1\n`).join("");
}
