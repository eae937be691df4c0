/** How scalar functions of the stand-in read their arguments. */
import { isArray, numberOf, textOfValue, type Value } from "./kql-values.ts";

/** `types` are the bound types of the argument expressions. */
export type ScalarFunction = (args: readonly Value[], types: readonly string[]) => Value;
export type FunctionTable = Readonly<Record<string, ScalarFunction>>;

export function valueAt(args: readonly Value[], index: number): Value {
  return args[index] ?? null;
}

export function textAt(args: readonly Value[], index: number, types: readonly string[] = []): string {
  return textOfValue(valueAt(args, index), types[index] ?? "");
}

/** Throws where there is no number: functions call it for arguments that the query must give. */
export function numberAt(args: readonly Value[], index: number): number {
  const number = numberOf(valueAt(args, index));
  if (number === null) throw new Error(`argument ${index + 1} is no number`);
  return number;
}

export function arrayAt(args: readonly Value[], index: number): readonly Value[] | null {
  const value = args[index];
  return isArray(value) ? value : null;
}
