import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packText, unpackText } from "./packed-text.ts";
import {
  CURRENCIES,
  MOST_PACKED,
  NO_WORKSHOP_CHOICE,
  packDocument,
  readWorkshop,
  TARGETS,
  type WorkshopChoice,
  workshopEntries,
} from "./workshop-params.ts";

const text = fc.string({ unit: "binary", maxLength: 300 }).map((one) => one.toWellFormed());
const choices: fc.Arbitrary<WorkshopChoice> = fc.record({
  text,
  pasted: fc.option(text, { nil: undefined }),
  template: fc.constant(""),
  target: fc.constantFrom(...TARGETS),
  entry: fc.nat(500),
  price: fc.record({ amount: fc.nat(9_999).map((cents) => cents / 100), currency: fc.constantFrom(...CURRENCIES) }),
});

function readBack(choice: WorkshopChoice) {
  const packed = packDocument(choice);
  return readWorkshop(new URLSearchParams(workshopEntries(choice, packed).map(([name, value]) => [name, value])));
}

describe("the workshop's part of the address", () => {
  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(readBack(choice)).toEqual({ choice, isKept: false, unreadable: [] });
      }),
      { numRuns: 300 },
    );
  });

  it("writes nothing where nothing is chosen", () => {
    expect(workshopEntries(NO_WORKSHOP_CHOICE, "")).toEqual([]);
  });

  it("keeps the template only where no document stands for itself", () => {
    const chosen = { ...NO_WORKSHOP_CHOICE, template: "l7-refusals" };
    expect(workshopEntries(chosen, "")).toEqual([["template", "l7-refusals"]]);
    expect(readBack({ ...chosen, text: "flowLogs: []" }).choice.template).toBe("");
  });

  it("says of a document too long for an address that it is", () => {
    let noise = "";
    for (let index = 0; noise.length < MOST_PACKED * 3; index++) noise += Math.imul(index + 7, 0x9e3779b1).toString(36);
    expect(packDocument({ text: noise, pasted: undefined })).toBeUndefined();
    expect(packDocument({ text: "a: b\n".repeat(40_000), pasted: undefined })).toBeTypeOf("string");
  });

  it("leaves a document that it cannot carry to the tab that has it, and says so", () => {
    const chosen = { ...NO_WORKSHOP_CHOICE, text: "a: b\n".repeat(1_000_000) };
    expect(workshopEntries(chosen, packDocument(chosen))).toEqual([["config", "kept"]]);
    expect(readBack(chosen)).toEqual({ choice: NO_WORKSHOP_CHOICE, isKept: true, unreadable: [] });
  });

  it("does not even try what is megabytes long", () => {
    expect(packDocument({ text: "a: b\n".repeat(1_000_000), pasted: undefined })).toBeUndefined();
  });

  it.each([
    ["config=%00", "config"],
    ["config=AAAA", "config"],
    ["config=", "config"],
    ["target=1.14", "target"],
    ["target=__proto__", "target"],
    ["entry=0", "entry"],
    ["entry=99999", "entry"],
    ["price=2,5-EUR", "price"],
    ["price=2-constructor", "price"],
    ["template=../x", "template"],
    ["target=1.17&target=1.18", "target"],
  ])("names what it cannot read: %s", (query, name) => {
    const { choice, unreadable } = readWorkshop(new URLSearchParams(query));
    expect(unreadable.map((one) => one.name)).toEqual([name]);
    expect(choice).toEqual(NO_WORKSHOP_CHOICE);
  });

  it("unfolds no bomb, and no word that was cut", () => {
    const bomb = packText("x".repeat(5_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    expect(unpackText(bomb, 4_000_000)).toBeUndefined();
    const word = packText("flowLogs:\n- name: all\n");
    expect(unpackText(word.slice(0, -4), 1000)).toBeUndefined();
    expect(unpackText(word, 1000)).toBe("flowLogs:\n- name: all\n");
  });
});
