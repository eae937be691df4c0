/** Type-checks a parsed expression over `_flow` as an agent does when it builds a filter (cel-go's checker with the standard library). */
import type { parse } from "@bufbuild/cel";
import type { CiliumVersion } from "../criterion.ts";
import { instantiated, overloadsOf } from "./cel-functions.ts";
import { BOOL, type CelType, DYN, INT, isDyn, list, map, type Scalar, scalar, TypeFacts, typeText } from "./cel-type.ts";
import { ENUM_NUMBERS, type FlowField, hasEnumName, hasField, MESSAGE_FIELDS, PACKAGE } from "./flow-schema.ts";

export type Expression = ReturnType<typeof parse>["expr"];
type Kind<C> = Extract<Expression["exprKind"], { readonly case: C }>;
type Call = Kind<"callExpr">["value"];
type Select = Kind<"selectExpr">["value"];
type Struct = Kind<"structExpr">["value"];
type Comprehension = Kind<"comprehensionExpr">["value"];

/** What is wrong with an expression; caught at the room's own edge, in checkCel. */
class CheckFault extends Error {}

const INT_BELOW = 2n ** 63n;
const UINT_BELOW = 2n ** 64n;
const WELL_KNOWN: ReadonlyMap<string, CelType> = new Map<string, CelType>([
  ["Timestamp", scalar("timestamp")],
  ["BoolValue", { is: "wrapper", name: "bool" }],
  ["Any", scalar("any")],
]);
const PROTO_SCALARS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ["string", "string"],
  ["bool", "bool"],
  ["uint32", "uint"],
  ["uint64", "uint"],
  ["int32", "int"],
]);
const TYPE_NAMES: ReadonlySet<string> = new Set([
  ...["bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "dyn"],
  ...["google.protobuf.Timestamp", "google.protobuf.Duration"],
]);

export type Checked =
  | {
      readonly type: CelType;
      /** What in it may run otherwise here than in an agent. */
      readonly unsure: string | undefined;
    }
  | { readonly reason: string };

/** The type of the expression, or why no agent of this release would build it. */
export function checkCel(expression: Expression, version: CiliumVersion): Checked {
  try {
    const checker = new Checker(version);
    const type = checker.typeOf(expression, new Map([["_flow", { is: "message", name: "Flow" }]]));
    return { type, unsure: checker.unsure };
  } catch (fault) {
    if (fault instanceof CheckFault) return { reason: fault.message };
    throw fault;
  }
}

type Scope = ReadonlyMap<string, CelType>;

class Checker {
  readonly #facts = new TypeFacts();
  readonly #version: CiliumVersion;
  /** The first call whose outcome is not certain to be cel-go's. */
  unsure: string | undefined;

  constructor(version: CiliumVersion) {
    this.#version = version;
  }

  /** As far as it is known; what stays open is dyn. */
  typeOf(expression: Expression, scope: Scope): CelType {
    return this.#facts.settled(this.#check(expression, scope));
  }

  #check({ exprKind }: Expression, scope: Scope): CelType {
    switch (exprKind.case) {
      case "constExpr":
        return constantType(exprKind.value.constantKind);
      case "identExpr":
        return this.#named(exprKind.value.name, scope) ?? undeclared(exprKind.value.name);
      case "selectExpr":
        return this.#select(exprKind.value, scope);
      case "callExpr":
        return this.#call(exprKind.value, scope);
      case "listExpr": {
        let of: CelType | undefined;
        for (const element of exprKind.value.elements) of = this.#facts.joined(of, this.#check(element, scope));
        return list(of ?? this.#facts.open());
      }
      case "structExpr":
        return exprKind.value.messageName === "" ? this.#map(exprKind.value, scope) : this.#message(exprKind.value, scope);
      case "comprehensionExpr":
        return this.#comprehension(exprKind.value, scope);
      default:
        throw new CheckFault("an empty expression");
    }
  }

  /** A variable, or a qualified name of an enum's value or of a type. */
  #named(name: string, scope: Scope): CelType | undefined {
    const local = scope.get(name === "._flow" ? "_flow" : name);
    if (local) return local;
    const inPackage = name.replace(/^[.]/, "").replace(new RegExp(`^${PACKAGE}[.]`), "");
    if (name.startsWith(".") && inPackage === name.slice(1) && !TYPE_NAMES.has(inPackage)) return undefined;
    const [type = "", value, ...more] = inPackage.split(".");
    if (value !== undefined && more.length === 0 && ENUM_NUMBERS.get(type)?.has(value) && hasEnumName(value, this.#version)) return INT;
    return TYPE_NAMES.has(inPackage) || MESSAGE_FIELDS.has(inPackage) ? { is: "type" } : undefined;
  }

  #select(select: Select, scope: Scope): CelType {
    const { operand, field, testOnly } = select;
    const qualified = testOnly ? undefined : qualifiedName(select);
    const known = qualified === undefined || scope.has(qualified.split(".")[0] ?? "") ? undefined : this.#named(qualified, scope);
    if (known) return known;
    const of = this.#facts.resolve(this.#child(operand, scope));
    if (of.is === "message") {
      const type = this.#fieldType(of.name, field);
      return testOnly ? BOOL : type;
    }
    if (of.is === "map") return testOnly ? BOOL : of.of;
    if (of.is === "open") this.#facts.allAssignable([DYN], [of]);
    else if (!isDyn(of)) throw new CheckFault(`type '${typeText(of)}' does not support field selection`);
    return testOnly ? BOOL : DYN;
  }

  #fieldType(message: string, name: string): CelType {
    const field = MESSAGE_FIELDS.get(message)?.find((one) => one.name === name);
    if (!field || !hasField(field, this.#version)) throw new CheckFault(`undefined field '${name}'`);
    return typeOfField(field);
  }

  #call({ function: name, target, args }: Call, scope: Scope): CelType {
    const overloads = overloadsOf(name);
    const types = (target ? [target, ...args] : args).map((arg) => this.#check(arg, scope));
    this.unsure ??= unsureCall(
      name,
      types.map((type) => this.#facts.resolve(type)),
    );
    let gives: CelType | undefined;
    for (const overload of overloads ?? []) {
      if (overload.isMember !== (target !== undefined)) continue;
      const fresh = instantiated(overload, () => this.#facts.open());
      if (!this.#facts.allAssignable(types, fresh.takes)) continue;
      const found = this.#facts.resolve(fresh.gives);
      gives = gives === undefined || typeText(gives) === typeText(found) ? found : DYN;
    }
    if (overloads === undefined) throw new CheckFault(`undeclared reference to '${name}' (in container '${PACKAGE}')`);
    if (gives) return gives;
    const shown = types.map((type) => typeText(this.#facts.resolve(type))).join(", ");
    throw new CheckFault(`found no matching overload for '${name}' applied to '(${shown})'`);
  }

  #map({ entries }: Struct, scope: Scope): CelType {
    let key: CelType | undefined;
    let of: CelType | undefined;
    for (const entry of entries) {
      if (entry.keyKind.case !== "mapKey") throw new CheckFault("a map entry without a key");
      key = this.#facts.joined(key, this.#check(entry.keyKind.value, scope));
      of = this.#facts.joined(of, this.#child(entry.value, scope));
    }
    return map(key ?? this.#facts.open(), of ?? this.#facts.open());
  }

  #message({ messageName, entries }: Struct, scope: Scope): CelType {
    const name = messageName.replace(/^[.]/, "").replace(new RegExp(`^${PACKAGE}[.]`), "");
    if (!MESSAGE_FIELDS.has(name)) throw new CheckFault(`undeclared reference to '${messageName}' (in container '${PACKAGE}')`);
    for (const entry of entries) {
      if (entry.keyKind.case !== "fieldKey") throw new CheckFault("a message entry without a field");
      const wanted = this.#fieldType(name, entry.keyKind.value);
      const given = this.#child(entry.value, scope);
      if (!this.#facts.allAssignable([given], [wanted]))
        throw new CheckFault(
          `expected type of field '${entry.keyKind.value}' is '${typeText(wanted)}' but provided type is '${typeText(given)}'`,
        );
    }
    return { is: "message", name };
  }

  #comprehension(of: Comprehension, scope: Scope): CelType {
    const range = this.#facts.resolve(this.#child(of.iterRange, scope));
    const result = this.#child(of.accuInit, scope);
    const element = elementOf(range);
    if (element === undefined) {
      throw new CheckFault(`expression of type '${typeText(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`);
    }
    const inner = new Map([...scope, [of.accuVar, result], [of.iterVar, element]]);
    this.#expect(this.#child(of.loopCondition, inner), BOOL);
    this.#expect(this.#child(of.loopStep, inner), result);
    return this.#facts.resolve(this.#child(of.result, new Map([...scope, [of.accuVar, result]])));
  }

  #expect(type: CelType, wanted: CelType): void {
    if (this.#facts.allAssignable([type], [wanted])) return;
    throw new CheckFault(`expected type '${typeText(this.#facts.resolve(wanted))}' but found '${typeText(this.#facts.resolve(type))}'`);
  }

  #child(expression: Expression | undefined, scope: Scope): CelType {
    if (expression === undefined) throw new CheckFault("an empty expression");
    return this.#check(expression, scope);
  }
}

/** Texts of other values, times in zones and numbers out of texts: libraries write and read these in ways of their own. */
function unsureCall(name: string, types: readonly CelType[]): string | undefined {
  const [first] = types;
  const from = first === undefined ? "" : typeText(first);
  const isUnsure =
    (name === "string" && !["string", "int", "uint", "bool"].includes(from)) ||
    (["int", "uint", "double", "bool"].includes(name) && from === "dyn") ||
    (name === "duration" && from === "int") ||
    (name === "getMilliseconds" && from === "duration") ||
    (name.startsWith("get") && types.length > 1);
  return isUnsure ? `${name}(${types.map(typeText).join(", ")}) may differ from the agent's` : undefined;
}

function undeclared(name: string): never {
  throw new CheckFault(`undeclared reference to '${name}' (in container '${PACKAGE}')`);
}

function constantType(constant: Kind<"constExpr">["value"]["constantKind"]): CelType {
  switch (constant.case) {
    case "int64Value":
      if (constant.value >= INT_BELOW || constant.value < -INT_BELOW) throw new CheckFault("invalid int literal");
      return INT;
    case "uint64Value":
      if (constant.value >= UINT_BELOW) throw new CheckFault("invalid uint literal");
      return scalar("uint");
    case "boolValue":
      return BOOL;
    case "doubleValue":
      return scalar("double");
    case "stringValue":
      return scalar("string");
    case "bytesValue":
      return scalar("bytes");
    case "nullValue":
      return scalar("null_type");
    default:
      throw new CheckFault("a constant of no type");
  }
}

function typeOfField({ type, isList }: FlowField): CelType {
  const proto = PROTO_SCALARS.get(type);
  const one: CelType = proto ? scalar(proto) : (WELL_KNOWN.get(type) ?? (ENUM_NUMBERS.has(type) ? INT : { is: "message", name: type }));
  return isList ? list(one) : one;
}

function elementOf(range: CelType): CelType | undefined {
  if (range.is === "list") return range.of;
  if (range.is === "map") return range.key;
  return isDyn(range) || (range.is === "scalar" && range.name === "any") ? DYN : undefined;
}

/** `a.b.c`; undefined where something else than names is selected from. */
function qualifiedName({ operand, field, testOnly }: Select): string | undefined {
  if (testOnly || operand === undefined) return undefined;
  const { exprKind } = operand;
  const before =
    exprKind.case === "identExpr" ? exprKind.value.name : exprKind.case === "selectExpr" ? qualifiedName(exprKind.value) : undefined;
  return before === undefined ? undefined : `${before}.${field}`;
}
