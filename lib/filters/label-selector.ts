/** Kubernetes label selectors with Cilium's source prefixes: the grammar of k8s.io/apimachinery labels.Parse. */
import { type FlowLabel, flowLabels, keySelects, type SelectorKey, selectorKey } from "./label-key.ts";
import { type SelectorToken, selectorTokens } from "./selector-tokens.ts";

export type Selector = (labels: readonly string[]) => boolean;
type Test = (labels: readonly FlowLabel[]) => boolean;
type Operator = "in" | "notin" | "=" | "==" | "!=" | ">" | "<";

const OPERATORS: ReadonlySet<string> = new Set(["in", "notin", "=", "==", "!=", ">", "<"] satisfies Operator[]);
const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const NAME_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;
const INT64 = 2n ** 63n;

/** What is wrong with a selector's text; caught at the room's own edge, in parseLabelSelector. */
class SelectorFault extends Error {}

/** One part of a selector between its commas. `exists` and `absent` compare no value, `>` and `<` compare one integer. */
export interface LabelRequirement {
  readonly key: SelectorKey;
  readonly operator: "exists" | "absent" | "in" | "notin" | ">" | "<";
  readonly values: readonly string[];
}

/** The empty text selects everything; blanks alone are an error, as is any requirement without a key. */
export function parseLabelSelector(text: string): { readonly built: Selector } | { readonly reason: string } {
  const parsed = parseRequirements(text);
  if ("reason" in parsed) return parsed;
  const tests = parsed.requirements.map(testOf);
  return { built: (labels) => tests.every((meets) => meets(flowLabels(labels))) };
}

/** What a selector asks for; all of it has to be met. */
export function parseRequirements(text: string): { readonly requirements: readonly LabelRequirement[] } | { readonly reason: string } {
  if (text === "") return { requirements: [] };
  try {
    return { requirements: requirementsOf(new Reader(selectorTokens(text))) };
  } catch (fault) {
    if (fault instanceof SelectorFault) return { reason: fault.message };
    throw fault;
  }
}

class Reader {
  readonly #tokens: readonly SelectorToken[];
  #at = 0;

  constructor(tokens: readonly SelectorToken[]) {
    this.#tokens = tokens;
  }

  peek(): SelectorToken {
    return this.#tokens[this.#at] ?? { is: "end", text: "" };
  }

  next(): SelectorToken {
    const token = this.peek();
    this.#at += 1;
    return token;
  }
}

function requirementsOf(reader: Reader): LabelRequirement[] {
  const requirements: LabelRequirement[] = [];
  for (;;) {
    requirements.push(requirementOf(reader));
    const after = reader.next();
    if (after.is === "end") return requirements;
    if (after.text !== ",") throw new SelectorFault(`found '${after.text}', expected: ',' or 'end of string'`);
  }
}

function requirementOf(reader: Reader): LabelRequirement {
  const negated = reader.peek().is === "symbol" && reader.peek().text === "!";
  if (negated) reader.next();
  const key = readKey(reader);
  const after = reader.peek();
  if (negated) return { key, operator: "absent", values: [] };
  if (after.is === "end" || after.text === ",") return { key, operator: "exists", values: [] };
  const operator = readOperator(reader);
  const values = operator === "in" || operator === "notin" ? readList(reader) : [readValue(reader)];
  for (const value of values) checkValue(value);
  if (operator !== ">" && operator !== "<") return { key, operator: operator === "!=" || operator === "notin" ? "notin" : "in", values };
  if (integerOf(values[0] ?? "") === undefined)
    throw new SelectorFault(`'${values[0]}' is no integer, and '${operator}' compares integers`);
  return { key, operator, values };
}

function testOf({ key, operator, values }: LabelRequirement): Test {
  const wanted = new Set(values);
  const bound = integerOf(values[0] ?? "") ?? 0n;
  return (labels) => {
    const value = selectedValue(labels, key);
    if (operator === "absent" || operator === "notin") return value === undefined || (operator === "notin" && !wanted.has(value));
    if (value === undefined) return false;
    if (operator === "exists") return true;
    if (operator === "in") return wanted.has(value);
    const number = integerOf(value);
    return number !== undefined && (operator === ">" ? number > bound : number < bound);
  };
}

function selectedValue(labels: readonly FlowLabel[], key: SelectorKey): string | undefined {
  return labels.find((label) => keySelects(key, label))?.value;
}

/** The source prefix counts towards the name's 63 characters where the key has no slash, `any.` included. */
function readKey(reader: Reader): SelectorKey {
  const token = reader.peek();
  const text = token.is === "word" ? reader.next().text : "";
  if (text === "" && token.is === "symbol" && token.text !== ",") throw new SelectorFault(`found '${token.text}', expected: identifier`);
  const key = selectorKey(text);
  const whole = text.includes(":") ? text.replace(":", ".") : `any.${text}`;
  const [first = "", second, ...more] = whole.split("/");
  const name = second ?? first;
  const named = name.length <= NAME_LENGTH && NAME.test(name);
  const placed = second === undefined || (first.length <= SUBDOMAIN_LENGTH && SUBDOMAIN.test(first));
  if (!named || !placed || more.length > 0) throw new SelectorFault(`'${text}' is no legal label key`);
  return key;
}

function readOperator(reader: Reader): Operator {
  const { text } = reader.next();
  if (!isOperator(text)) throw new SelectorFault(`found '${text}', expected: in, notin, =, ==, !=, >, <`);
  return text;
}

function isOperator(text: string): text is Operator {
  return OPERATORS.has(text);
}

function readValue(reader: Reader): string {
  const token = reader.peek();
  if (token.is === "end" || token.text === ",") return "";
  if (token.is !== "word") throw new SelectorFault(`found '${token.text}', expected: identifier`);
  return reader.next().text;
}

/** `()` is the list of the empty value, and so is an empty place between commas. */
function readList(reader: Reader): string[] {
  const open = reader.next();
  if (open.text !== "(") throw new SelectorFault(`found '${open.text}' expected: '('`);
  const values: string[] = [];
  for (;;) {
    const token = reader.peek();
    values.push(token.is === "word" ? reader.next().text : "");
    const after = reader.next();
    if (after.is === "symbol" && after.text === ")") return values;
    if (after.is !== "symbol" || after.text !== ",") throw new SelectorFault(`found '${after.text}', expected: ',' or ')'`);
  }
}

function checkValue(value: string): void {
  if (value !== "" && (value.length > NAME_LENGTH || !NAME.test(value))) throw new SelectorFault(`'${value}' is no legal label value`);
}

function integerOf(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text.replace("+", ""));
  return value >= -INT64 && value < INT64 ? value : undefined;
}
