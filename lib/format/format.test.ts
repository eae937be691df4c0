import fc from "fast-check";
import { expect, test } from "vitest";
import { addressNote, entityNote } from "./address-note.ts";
import { formatAddress } from "./format-address.ts";
import { formatAge, formatAgo, formatDuration } from "./format-age.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatChange, isBigChange } from "./format-change.ts";
import { formatCount, formatCountInProse, formatCountOnAxis, formatRate, formatShare } from "./format-count.ts";
import { formatFlowTime, formatInstant, formatWindow } from "./format-instant.ts";
import { portName } from "./port-name.ts";
import { visibleText, withoutMiddle } from "./visible-text.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [0, "0", "0", "0"],
  [999, "999", "999", "999"],
  [1000, "1,000", "1,000", "1k"],
  [1500, "1,500", "1,500", "1.5k"],
  [999_999, "999,999", "999,999", "1000k"],
  [1_668_393, "1,668,393", "1.7 M", "1.7M"],
  [999_949_999, "999,949,999", "999.9 M", "999.9M"],
  [1_000_000_000, "1,000,000,000", "1.0 G", "1G"],
])("%i is %s, %s in prose, %s on an axis", (count, table, prose, axis) => {
  expect([formatCount(count), formatCountInProse(count), formatCountOnAxis(count)]).toEqual([table, prose, axis]);
});

test("unknown is a dash, zero is zero", () => {
  expect([
    formatCount(undefined),
    formatCount(Number.NaN),
    formatCountInProse(undefined),
    formatBytes(undefined),
    formatRate(undefined),
  ]).toEqual(Array.from({ length: 5 }, () => "—"));
  expect([formatCount(0), formatBytes(0), formatRate(0), formatShare(0, 9)]).toEqual(["0", "0 B", "0/s", "0 %"]);
});

test.each([
  [138, 100, "+38 %"],
  [95, 100, "−5 %"],
  [1004, 1000, "0 %"],
  [996, 1000, "0 %"],
  [1006, 1000, "+1 %"],
  [149, 100, "+49 %"],
  [150, 100, "1.5×"],
  [200, 100, "2.0×"],
  [2090, 100, "20.9×"],
  [1_234_500, 10, "123,450×"],
  [0, 10, "−100 %"],
  [5, 0, "NEW"],
  [0, 0, "0 %"],
  [5, undefined, "—"],
])("%j after %j is %s", (now, before, text) => {
  expect(formatChange(now, before)).toBe(text);
  expect(isBigChange(now, before)).toBe(text.endsWith("×"));
});

test.each([
  [-5, "now", "now", "0 ms"],
  [999, "now", "now", "999 ms"],
  [SECOND, "1 s", "1 s ago", "1 s"],
  [59.9 * SECOND, "59 s", "59 s ago", "59 s"],
  [MINUTE + 5 * SECOND, "1 m", "1 m 5 s ago", "1 m 5 s"],
  [2 * HOUR + 38 * MINUTE, "2 h", "2 h 38 m ago", "2 h 38 m"],
  [30 * HOUR, "30 h", "1 d 6 h ago", "1 d 6 h"],
  [2 * DAY, "2 d", "2 d ago", "2 d"],
  [64 * DAY + HOUR, "64 d", "64 d 1 h ago", "64 d 1 h"],
])("%i ms: %s, %s, %s", (age, table, ago, duration) => {
  expect([formatAge(age), formatAgo(age), formatDuration(age)]).toEqual([table, ago, duration]);
});

test.each([
  [999, "999 B"],
  [1500, "1.50 kB"],
  [99_940, "99.9 kB"],
  [99_960, "100 kB"],
  [999_600, "1.00 MB"],
  [2_360_000_000, "2.36 GB"],
  [345_000_000, "345 MB"],
  [7e18, "7000 PB"],
])("%i bytes is %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0.04, "0.0/s"],
  [12.34, "12.3/s"],
  [99.94, "99.9/s"],
  [99.96, "100/s"],
  [123_456, "123,456/s"],
])("%d a second is %s", (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

test.each([
  [44, 100, "44 %"],
  [1, 1000, "< 1 %"],
  [999, 1000, "> 99 %"],
  [1000, 1000, "100 %"],
  [1, 0, "—"],
])("%i of %i is %s", (part, whole, text) => {
  expect(formatShare(part, whole)).toBe(text);
});

const now = Date.UTC(2026, 8, 22, 10, 42);
const berlin = { offset: () => 2 * HOUR, name: "CEST" };
test.each([
  [now - DAY, now, "21 Sep 10:42 – 22 Sep 10:42 UTC", "21 Sep 12:42 – 22 Sep 12:42 CEST"],
  [now - HOUR, now, "22 Sep 09:42 – 10:42 UTC", "22 Sep 11:42 – 12:42 CEST"],
  [now - 90 * SECOND, now, "22 Sep 10:40:30 – 10:42:00 UTC", "22 Sep 12:40:30 – 12:42:00 CEST"],
  [now - 400 * DAY, now, "18 Aug 2025 10:42 – 22 Sep 2026 10:42 UTC", "18 Aug 2025 12:42 – 22 Sep 2026 12:42 CEST"],
  [now - 23.5 * HOUR, now - 12 * HOUR, "21 Sep 11:12 – 22:42 UTC", "21 Sep 13:12 – 22 Sep 00:42 CEST"],
])("the window from %i to %i", (from, to, utc, local) => {
  expect([formatWindow({ from, to }, now), formatWindow({ from, to }, now, berlin)]).toEqual([utc, local]);
});

test("instants on a wall clock", () => {
  expect(formatFlowTime("2026-09-22T10:42:16.503999999Z")).toBe("10:42:16.503");
  expect(formatFlowTime("2026-09-22T10:42:16Z", berlin.offset)).toBe("12:42:16.000");
  expect(formatFlowTime("never")).toBe("never");
  expect(formatInstant(now, now)).toBe("22 Sep 10:42");
});

test.each([
  ["10.60.12.7", 1433, "10.60.12.7:1433"],
  ["2001:db8:40::17", 8443, "[2001:db8:40::17]:8443"],
  ["10.60.12.7", null, "10.60.12.7"],
  ["::1", -1, "::1"],
  ["10.0.0.1", 0, "10.0.0.1:0"],
])("%s and %j make %s", (ip, port, text) => {
  expect(formatAddress(ip, port)).toBe(text);
});

test.each([
  [1433, "TCP", "SQL Server"],
  [443, "TCP", "HTTPS"],
  [443, "UDP", "QUIC"],
  [53, "UDP", "DNS"],
  [8472, "TCP", ""],
  [40_000, "TCP", ""],
])("port %i over %s is %j", (port, protocol, name) => {
  expect(portName(port, protocol)).toBe(name);
});

test("well-known addresses and entities are explained, others are not", () => {
  expect(addressNote("169.254.169.254")?.name).toBe("cloud metadata");
  expect(addressNote("168.63.129.16")?.detail).toContain("health probes");
  expect(addressNote("169.254.9.9")?.name).toBe("link-local");
  expect(addressNote("239.1.1.1")?.name).toBe("multicast");
  expect(addressNote("ff-service")).toBeUndefined();
  expect(addressNote("10.60.12.7")).toBeUndefined();
  expect(entityNote("kube-apiserver")?.name).toBe("Kubernetes API");
  expect(entityNote("__proto__")).toBeUndefined();
});

test.each([
  ["checkout/cart-api", "checkout/cart-api"],
  ["pay\u202Eload", "pay⟨U+202E⟩load"],
  ["a\u0000b\tc\r\n", "a⟨U+0000⟩b⟨U+0009⟩c⟨U+000D⟩⟨U+000A⟩"],
  ["\u200Bzero\uFEFF", "⟨U+200B⟩zero⟨U+FEFF⟩"],
  ["\uD800x", "⟨U+D800⟩x"],
  ["\u{E0041}", "⟨U+E0041⟩"],
  ["naïve 😀 日本", "naïve 😀 日本"],
  ["<script>", "<script>"],
])("%j shows as %s", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test("every text has an end and hides nothing", () => {
  expect(visibleText("x".repeat(65_536))).toBe(`${"x".repeat(300)}…`);
  expect(visibleText("ab😀cd", 3)).toBe("ab…");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});

test("a long name keeps its end", () => {
  expect(withoutMiddle("aks-apps-31880000-vmss00000b", 17)).toBe("aks-apps…ss00000b");
  expect(withoutMiddle("short", 17)).toBe("short");
});
