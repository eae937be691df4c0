/** The workshop's part of the address: the document being worked on, what it is compared with, target version, entry and price. */

import { packText, unpackText } from "./packed-text.ts";
import type { Entry } from "./print-filter.ts";
import type { Unreadable } from "./unreadable.ts";

/** Cilium releases that can be aimed at, oldest first. */
export const TARGETS = ["1.15", "1.16", "1.17", "1.18", "1.19"] as const;
export type Target = (typeof TARGETS)[number];
export const DEFAULT_TARGET: Target = "1.17";

export const CURRENCIES = ["EUR", "USD", "GBP", "CHF"] as const;
export type Currency = (typeof CURRENCIES)[number];

/** What a GB of logs costs. */
export interface Price {
  readonly amount: number;
  readonly currency: Currency;
}
export const DEFAULT_PRICE: Price = { amount: 2.5, currency: "EUR" };

export interface WorkshopChoice {
  /** The document; undefined = the template's, or the one the filter of the address makes. */
  readonly text: string | undefined;
  /** What came in by paste or file, to compare with. */
  readonly pasted: string | undefined;
  /** Id of a template, empty = none chosen. */
  readonly template: string;
  readonly target: Target;
  /** Place of the entry that is open. */
  readonly entry: number;
  readonly price: Price;
}

export const NO_WORKSHOP_CHOICE: WorkshopChoice = {
  text: undefined,
  pasted: undefined,
  template: "",
  target: DEFAULT_TARGET,
  entry: 0,
  price: DEFAULT_PRICE,
};

export const WORKSHOP_NAMES = ["config", "template", "target", "entry", "price"] as const;
type WorkshopName = (typeof WORKSHOP_NAMES)[number];

/** Letters a packed document may take in an address: servers and proxies cut off at 8,000 as a rule, and there is more than the document. */
export const MOST_PACKED = 6_000;
/** Letters of a document that packing is tried with. */
const MOST_LETTERS = 300_000;
/** In place of a document that no address can carry: it stays in the browser tab that has it. */
const KEPT_HERE = "kept";
/** Bytes that a packed document may unfold to. */
const MOST_UNPACKED = 4_000_000;
const PLACE = /^[1-9]\d{0,3}$/;
const PRICE = /^(\d{1,6}(?:\.\d{1,4})?)-([A-Z]{3})$/;

/** The document as one word; undefined where no address can carry it. */
export function packDocument({ text, pasted }: Document): string | undefined {
  if (text === undefined) return "";
  if (text.length + (pasted?.length ?? 0) > MOST_LETTERS) return undefined;
  const word = packText(JSON.stringify(pasted === undefined ? [text] : pasted === text ? [text, 1] : [text, pasted]));
  return word.length > MOST_PACKED ? undefined : word;
}

/** `packed` is the word of `packDocument`: empty where the document is none of its own, undefined where no address can carry it. */
export function workshopEntries(choice: WorkshopChoice, packed: string | undefined): readonly Entry[] {
  const entries: Entry[] = [];
  if (packed !== "") entries.push(["config", packed ?? KEPT_HERE]);
  else if (choice.template !== "") entries.push(["template", choice.template]);
  if (choice.target !== DEFAULT_TARGET) entries.push(["target", choice.target]);
  if (choice.entry > 0) entries.push(["entry", String(choice.entry + 1)]);
  const { amount, currency } = choice.price;
  if (amount !== DEFAULT_PRICE.amount || currency !== DEFAULT_PRICE.currency) entries.push(["price", `${amount}-${currency}`]);
  return entries;
}

export interface WorkshopRead {
  readonly choice: WorkshopChoice;
  /** The document was too long for the address; the browser tab that wrote it may still have it. */
  readonly isKept: boolean;
  readonly unreadable: readonly Unreadable[];
}

/** Never throws: what cannot be read is named, and nothing chosen takes its place. */
export function readWorkshop(params: URLSearchParams): WorkshopRead {
  const unreadable: Unreadable[] = [];
  const one = <T>(name: WorkshopName, unchosen: T, read: (text: string) => T | undefined, why: string): T => {
    const [text, ...again] = params.getAll(name);
    for (const value of again) unreadable.push({ name, value, why: "There can be only one." });
    if (text === undefined) return unchosen;
    const value = read(text);
    if (value === undefined) unreadable.push({ name, value: text, why });
    return value ?? unchosen;
  };
  const isKept = params.get("config") === KEPT_HERE;
  const document = one<Document>(
    "config",
    { text: undefined, pasted: undefined },
    readDocument,
    "The document in it is cut short or damaged.",
  );
  return {
    choice: {
      ...document,
      template: one("template", "", (text) => (/^[a-z0-9-]{1,60}$/.test(text) ? text : undefined), "A template is a short name."),
      target: one("target", DEFAULT_TARGET, (text) => TARGETS.find((known) => known === text), `A target is one of ${TARGETS.join(", ")}.`),
      entry: one("entry", 0, (text) => (PLACE.test(text) ? Number(text) - 1 : undefined), "An entry is a number from 1 on."),
      price: one("price", DEFAULT_PRICE, readPrice, `A price is an amount and a currency such as 2.5-EUR (${CURRENCIES.join(", ")}).`),
    },
    isKept,
    unreadable,
  };
}

type Document = Pick<WorkshopChoice, "text" | "pasted">;

function readDocument(word: string): Document | undefined {
  if (word === KEPT_HERE) return { text: undefined, pasted: undefined };
  const json = unpackText(word, MOST_UNPACKED);
  const [text, pasted]: unknown[] = listIn(json);
  if (typeof text !== "string") return undefined;
  return { text, pasted: pasted === 1 ? text : typeof pasted === "string" ? pasted : undefined };
}

function listIn(json: string | undefined): unknown[] {
  try {
    const value: unknown = json === undefined ? [] : JSON.parse(json);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function readPrice(text: string): Price | undefined {
  const [, amount = "", code = ""] = PRICE.exec(text) ?? [];
  const currency = CURRENCIES.find((known) => known === code);
  return currency === undefined ? undefined : { amount: Number(amount), currency };
}
