/** CEL's standard functions and operators with the types they take, as cel-go's standard library declares them. */
import { type CelType, list, map, type Scalar, scalar } from "./cel-type.ts";

export interface Overload {
  readonly isMember: boolean;
  readonly takes: readonly CelType[];
  readonly gives: CelType;
}

const A: CelType = { is: "open", id: -1 };
const B: CelType = { is: "open", id: -2 };
const TYPE: CelType = { is: "type" };

const COMPARED: readonly Scalar[] = ["bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration"];

const functions = new Map<string, Overload[]>();

/** Types by name; `A` and `B` stand for any, `list` and `map` for those of A and B. */
function typeNamed(name: string): CelType {
  if (name === "A") return A;
  if (name === "B") return B;
  if (name === "list") return list(A);
  if (name === "map") return map(A, B);
  return name === "type" ? TYPE : scalar(SCALARS.find((one) => one === name) ?? "dyn");
}

const SCALARS: readonly Scalar[] = [...COMPARED, "null_type", "any", "dyn"];

/** `a b -> c`, several separated by `;`. */
function declare(name: string, signatures: string, isMember = false): void {
  const overloads = signatures.split(";").map((signature): Overload => {
    const [takes = "", gives = ""] = signature.split("->");
    return { isMember, takes: takes.trim().split(/\s+/).map(typeNamed), gives: typeNamed(gives.trim()) };
  });
  functions.set(name, [...(functions.get(name) ?? []), ...overloads]);
}

declare("_?_:_", "bool A A -> A");
declare("_&&_", "bool bool -> bool");
declare("_||_", "bool bool -> bool");
declare("!_", "bool -> bool");
declare("@not_strictly_false", "bool -> bool");
declare("_==_", "A A -> bool");
declare("_!=_", "A A -> bool");
for (const name of ["_<_", "_<=_", "_>_", "_>=_"]) declare(name, COMPARED.map((type) => `${type} ${type} -> bool`).join(";"));
declare("_+_", ["int", "uint", "double", "string", "bytes", "list", "duration"].map((type) => `${type} ${type} -> ${type}`).join(";"));
declare("_+_", "duration timestamp -> timestamp; timestamp duration -> timestamp");
declare("_-_", ["int", "uint", "double", "duration"].map((type) => `${type} ${type} -> ${type}`).join(";"));
declare("_-_", "timestamp timestamp -> duration; timestamp duration -> timestamp");
for (const name of ["_*_", "_/_"]) declare(name, "int int -> int; uint uint -> uint; double double -> double");
declare("_%_", "int int -> int; uint uint -> uint");
declare("-_", "int -> int; double -> double");
declare("@in", "A list -> bool; A map -> bool");
declare("_[_]", "list int -> A; map A -> B");
declare("size", "string -> int; bytes -> int; list -> int; map -> int");
declare("size", "string -> int; bytes -> int; list -> int; map -> int", true);
declare("type", "A -> type");
declare("dyn", "A -> dyn");
declare("bool", "bool -> bool; string -> bool");
declare("bytes", "bytes -> bytes; string -> bytes");
declare("double", "double -> double; int -> double; string -> double; uint -> double");
declare("duration", "duration -> duration; int -> duration; string -> duration");
declare("int", "int -> int; double -> int; duration -> int; string -> int; timestamp -> int; uint -> int");
declare("uint", "uint -> uint; double -> uint; int -> uint; string -> uint");
declare("string", [...COMPARED].map((type) => `${type} -> string`).join(";"));
declare("timestamp", "timestamp -> timestamp; int -> timestamp; string -> timestamp");
declare("matches", "string string -> bool");
for (const name of ["matches", "contains", "startsWith", "endsWith"]) declare(name, "string string -> bool", true);
for (const name of [
  ...["getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek"],
  ...["getHours", "getMinutes", "getSeconds", "getMilliseconds"],
]) {
  declare(name, "timestamp -> int; timestamp string -> int", true);
}
for (const name of ["getHours", "getMinutes", "getSeconds", "getMilliseconds"]) declare(name, "duration -> int", true);

/** Undefined for a function that nobody declared. */
export function overloadsOf(name: string): readonly Overload[] | undefined {
  return functions.get(name);
}

/** The same overload with open types of its own in place of `A` and `B`. */
export function instantiated(overload: Overload, open: () => CelType): Overload {
  const [a, b] = [open(), open()];
  const fresh = (type: CelType): CelType => {
    if (type.is === "open") return type.id === -1 ? a : b;
    if (type.is === "list") return list(fresh(type.of));
    return type.is === "map" ? map(fresh(type.key), fresh(type.of)) : type;
  };
  return { ...overload, takes: overload.takes.map(fresh), gives: fresh(overload.gives) };
}
