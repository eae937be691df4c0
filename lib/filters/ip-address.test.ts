import { describe, expect, it } from "vitest";
import { parseIp, parsePrefix, rangeCovers, rangeHolds } from "./ip-address.ts";

describe("parseIp", () => {
  it.each([
    ["0.0.0.0", 4, 0n],
    ["10.1.2.3", 4, 0x0a010203n],
    ["255.255.255.255", 4, 0xffffffffn],
    ["::", 6, 0n],
    ["::1", 6, 1n],
    ["2001:db8::1", 6, 0x20010db8000000000000000000000001n],
    ["2001:DB8:0:0:0:0:0:1", 6, 0x20010db8000000000000000000000001n],
    ["::ffff:10.0.0.7", 6, 0xffff0a000007n],
    ["fe80::1%eth0", 6, 0xfe800000000000000000000000000001n],
    ["1:2:3:4:5:6:7::", 6, 0x00010002000300040005000600070000n],
  ])("reads %s", (text, version, value) => {
    expect(parseIp(text)).toEqual({ version, value });
  });

  it.each([
    "",
    " 1.2.3.4",
    "1.2.3.4 ",
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "1.2.3.256",
    "1.2.3.-4",
    "0x1.2.3.4",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "12345::",
    "g::",
    "[::1]",
    "::1%",
    "1.2.3.4%eth0",
    "::1.2.3.4:5",
    "::1.2.3",
    "example.com",
  ])("refuses %j", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });
});

describe("parsePrefix", () => {
  it("ignores host bits", () => {
    expect(parsePrefix("10.20.30.40/8")).toEqual(parsePrefix("10.0.0.0/8"));
  });

  it.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/", "/8", "::/129", "fe80::%eth0/64", "10.0.0.0/8/8", "a/8"])(
    "refuses %j",
    (text) => {
      expect(parsePrefix(text)).toBeUndefined();
    },
  );

  it("keeps the families apart, IPv4-mapped included", () => {
    const [any4, any6, mapped] = [parsePrefix("0.0.0.0/0"), parsePrefix("::/0"), parseIp("::ffff:10.0.0.7")];
    const plain = parseIp("10.0.0.7");
    if (!any4 || !any6 || !mapped || !plain) throw new Error("unreadable");
    expect([rangeHolds(any4, plain), rangeHolds(any4, mapped), rangeHolds(any6, plain), rangeHolds(any6, mapped)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it("knows which range lies in which", () => {
    const [wide, narrow] = [parsePrefix("10.0.0.0/8"), parsePrefix("10.20.30.0/24")];
    if (!wide || !narrow) throw new Error("unreadable");
    expect([rangeCovers(wide, narrow), rangeCovers(narrow, wide), rangeCovers(wide, wide)]).toEqual([true, false, true]);
  });
});
