/** Functions in which the library differs from cel-go: texts read as numbers and truths (Go's strconv), and `matches` as a function. */
import { CelScalar, type celEnv, celFunc, celUint } from "@bufbuild/cel";
import { compileRe2 } from "../re2.ts";

type Functions = NonNullable<NonNullable<Parameters<typeof celEnv>[0]>["funcs"]>;

const { BOOL, DOUBLE, INT, STRING, UINT } = CelScalar;
const INT_BELOW = 2n ** 63n;
const UINT_BELOW = 2n ** 64n;
const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((text): [string, boolean] => [text, true]),
  ...["0", "f", "F", "false", "FALSE", "False"].map((text): [string, boolean] => [text, false]),
]);

/** What they throw is an error of CEL, which `||` and `&&` may still make up for. */
export const CONVERSIONS: Functions = [
  celFunc("matches", [STRING, STRING], BOOL, (text, pattern) => {
    const compiled = compileRe2(pattern);
    if ("reason" in compiled) throw new Error(compiled.reason);
    return compiled.built(text);
  }),
  celFunc("int", [STRING], INT, (text) => {
    const value = /^[+-]?[0-9]+$/.test(text) ? BigInt(text.replace("+", "")) : INT_BELOW;
    if (value >= INT_BELOW || value < -INT_BELOW) throw new Error("no int");
    return value;
  }),
  celFunc("uint", [STRING], UINT, (text) => {
    const value = /^[0-9]+$/.test(text) ? BigInt(text) : UINT_BELOW;
    if (value >= UINT_BELOW) throw new Error("no uint");
    return celUint(value);
  }),
  celFunc("double", [STRING], DOUBLE, (text) => {
    if (/^[+-]?inf(?:inity)?$/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    if (/^nan$/i.test(text)) return Number.NaN;
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value)) throw new Error("no double");
    return value;
  }),
  celFunc("bool", [STRING], BOOL, (text) => {
    const value = TRUTHS.get(text);
    if (value === undefined) throw new Error("no bool");
    return value;
  }),
];
