/** Operators between two values. */
import { compareValues, equalValues, isArray, textOfValue, type Value } from "./kql-values.ts";
import { hasTerm, regexOf } from "./text-functions.ts";

export type BinaryOperator = (left: Value, right: Value) => Value;

/** Of an operator as KQL writes it; `types` are those of its two sides. Throws by name where it is not known. */
export function binaryOperator(operator: string, types: readonly [string, string]): BinaryOperator {
  const found = OPERATORS.get(operator);
  if (found === undefined) throw new Error(`operator ${operator} is not supported`);
  return found(types);
}

type Text = (left: string, right: string) => boolean;

/** Between the texts of both sides; a null is the empty text. */
const onTexts =
  (test: Text) =>
  (types: readonly [string, string]): BinaryOperator =>
  (left, right) =>
    test(textOfValue(left, types[0]), textOfValue(right, types[1]));

const ignoringCase =
  (test: Text): Text =>
  (left, right) =>
    test(left.toLowerCase(), right.toLowerCase());
const not =
  (test: Text): Text =>
  (left, right) =>
    !test(left, right);

const compared = (test: (order: number) => boolean) => (): BinaryOperator => (left, right) =>
  left === null || right === null ? null : test(compareValues(left, right));

const starts: Text = (left, right) => left.startsWith(right);
const ends: Text = (left, right) => left.endsWith(right);
const holds: Text = (left, right) => left.includes(right);
const same: Text = (left, right) => left === right;
const term: Text = (left, right) => hasTerm(left, right, false);
const exactTerm: Text = (left, right) => hasTerm(left, right, true);

const anyTerm =
  (all: boolean) =>
  (types: readonly [string, string]): BinaryOperator =>
  (left, right) => {
    const text = textOfValue(left, types[0]);
    const tests = (isArray(right) ? right : [right]).map((one) => hasTerm(text, textOfValue(one, ""), false));
    return all ? tests.every(Boolean) : tests.some(Boolean);
  };

const OPERATORS: ReadonlyMap<string, (types: readonly [string, string]) => BinaryOperator> = new Map([
  ["==", () => equalValues],
  [
    "!=",
    () =>
      (left: Value, right: Value): Value => {
        const equal = equalValues(left, right);
        return equal === null ? null : !equal;
      },
  ],
  ["<", compared((order) => order < 0)],
  ["<=", compared((order) => order <= 0)],
  [">", compared((order) => order > 0)],
  [">=", compared((order) => order >= 0)],
  ["=~", onTexts(ignoringCase(same))],
  ["!~", onTexts(ignoringCase(not(same)))],
  ["has", onTexts(term)],
  ["!has", onTexts(not(term))],
  ["has_cs", onTexts(exactTerm)],
  ["!has_cs", onTexts(not(exactTerm))],
  ["has_any", anyTerm(false)],
  ["has_all", anyTerm(true)],
  ["contains", onTexts(ignoringCase(holds))],
  ["!contains", onTexts(ignoringCase(not(holds)))],
  ["contains_cs", onTexts(holds)],
  ["!contains_cs", onTexts(not(holds))],
  ["startswith", onTexts(ignoringCase(starts))],
  ["!startswith", onTexts(ignoringCase(not(starts)))],
  ["startswith_cs", onTexts(starts)],
  ["!startswith_cs", onTexts(not(starts))],
  ["endswith", onTexts(ignoringCase(ends))],
  ["!endswith", onTexts(ignoringCase(not(ends)))],
  ["endswith_cs", onTexts(ends)],
  ["!endswith_cs", onTexts(not(ends))],
  ["matches regex", onTexts((left, right) => regexOf(right).test(left))],
  [
    "+",
    () => (left, right) =>
      arithmetic(
        left,
        right,
        (a, b) => a + b,
        (a, b) => a + b,
      ),
  ],
  [
    "-",
    () => (left, right) =>
      arithmetic(
        left,
        right,
        (a, b) => a - b,
        (a, b) => a - b,
      ),
  ],
  ["*", () => multiply],
  ["/", (types) => (left, right) => divide(left, right, types)],
  [
    "%",
    () => (left, right) =>
      arithmetic(
        left,
        right,
        (a, b) => ((a % b) + b) % b,
        (a, b) => ((a % b) + b) % b,
      ),
  ],
]);

function arithmetic(left: Value, right: Value, numbers: (a: number, b: number) => number, ticks: (a: bigint, b: bigint) => bigint): Value {
  if (left === null || right === null) return null;
  if (typeof left === "bigint" && typeof right === "bigint") return ticks(left, right);
  if (typeof left === "number" && typeof right === "number") return numbers(left, right);
  throw new Error(`no arithmetic between ${typeof left} and ${typeof right}`);
}

function multiply(left: Value, right: Value): Value {
  if (typeof left === "bigint" && typeof right === "number") return BigInt(Math.round(Number(left) * right));
  if (typeof left === "number" && typeof right === "bigint") return multiply(right, left);
  return arithmetic(
    left,
    right,
    (a, b) => a * b,
    () => 0n,
  );
}

/** Whole numbers give a whole number. */
function divide(left: Value, right: Value, types: readonly [string, string]): Value {
  if (typeof left === "bigint" && typeof right === "bigint") return right === 0n ? null : Number(left) / Number(right);
  if (typeof left === "bigint" && typeof right === "number") return BigInt(Math.round(Number(left) / right));
  const whole = types.every((type) => type === "long" || type === "int");
  if (whole && right === 0) return null;
  return arithmetic(
    left,
    right,
    (a, b) => (whole ? Math.trunc(a / b) : a / b),
    () => 0n,
  );
}
