import { describe, expect, it } from "vitest";
import { lengthWords, packetLine, packetWords } from "./packet-line.ts";

const at = (seconds: number) => ({ id: `p${seconds}`, time: new Date(Date.UTC(2026, 8, 22) + seconds * 1000).toISOString(), packets: 1 });

describe("packetLine", () => {
  it("places packets between the first and the last", () => {
    const { dots, length } = packetLine([at(0), at(1), at(4)]);
    expect(length).toBe(4000);
    expect(dots.map((dot) => dot.place)).toEqual([0, 0.25, 1]);
  });

  it("stands still for one packet and for none", () => {
    expect(packetLine([at(3)])).toMatchObject({ length: 0, dots: [{ place: 0 }] });
    expect(packetLine([])).toEqual({ length: 0, dots: [] });
  });

  it("keeps what lies below a millisecond", () => {
    const two = [
      { id: "a", time: "2026-09-22T10:42:16.503000100Z", packets: 1 },
      { id: "b", time: "2026-09-22T10:42:16.503000600Z", packets: 1 },
    ];
    expect(packetLine(two).dots.map((dot) => dot.place)).toEqual([0, 1]);
  });
});

describe("packetWords", () => {
  it("recognises retransmissions", () => {
    expect(packetWords([at(0), at(1), at(3), at(7), at(15)], "TCP")).toBe(
      "5 packets, one connection try. Waits double: the app sees a timeout.",
    );
  });

  it("claims nothing for an even beat, for two packets, or for UDP", () => {
    expect(packetWords([at(0), at(5), at(10)], "TCP")).toBe("3 packets, one connection try.");
    expect(packetWords([at(0), at(1)], "TCP")).toBe("2 packets, one connection try.");
    expect(packetWords([at(0), at(1), at(3), at(7)], "UDP")).toBe("4 packets, one connection try.");
    expect(packetWords([at(0)], "TCP")).toBe("1 packet, one connection try.");
  });

  it("says that pings have no connection, and that there may be more", () => {
    expect(packetWords([at(0), at(30)], "ICMPv4")).toBe("2 packets, one pair of addresses.");
    expect(packetWords([at(0), at(30)], "UDP", 2)).toBe("2 or more packets, one connection try.");
  });

  it("counts what an aggregated event stands for", () => {
    expect(packetWords([{ ...at(0), packets: 40 }], "UDP")).toBe("40 packets, one connection try.");
  });
});

describe("lengthWords", () => {
  it("has one decimal in seconds", () => {
    expect(lengthWords(15_040)).toBe("+15.0 s");
    expect(lengthWords(340)).toBe("+340 ms");
    expect(lengthWords(400_000)).toBe("+6 m 40 s");
  });
});
