/** The types of CEL's checker and when one may stand for another, as cel-go decides it (checker/types.go). */

export type Scalar = "bool" | "int" | "uint" | "double" | "string" | "bytes" | "null_type" | "timestamp" | "duration" | "any" | "dyn";

export type CelType =
  | { readonly is: "scalar"; readonly name: Scalar }
  /** A scalar that may be null: BoolValue and the like. */
  | { readonly is: "wrapper"; readonly name: Scalar }
  | { readonly is: "message"; readonly name: string }
  | { readonly is: "list"; readonly of: CelType }
  | { readonly is: "map"; readonly key: CelType; readonly of: CelType }
  | { readonly is: "type" }
  /** Not known yet. */
  | { readonly is: "open"; readonly id: number };

export const scalar = (name: Scalar): CelType => ({ is: "scalar", name });
export const list = (of: CelType): CelType => ({ is: "list", of });
export const map = (key: CelType, of: CelType): CelType => ({ is: "map", key, of });
export const BOOL = scalar("bool");
export const INT = scalar("int");
export const DYN = scalar("dyn");

export function isDyn(type: CelType): boolean {
  return type.is === "scalar" && type.name === "dyn";
}

export function typeText(type: CelType): string {
  switch (type.is) {
    case "scalar":
      return type.name;
    case "wrapper":
      return `wrapper(${type.name})`;
    case "message":
      return type.name;
    case "list":
      return `list(${typeText(type.of)})`;
    case "map":
      return `map(${typeText(type.key)}, ${typeText(type.of)})`;
    default:
      return type.is;
  }
}

/** What is known of open types, growing while an expression is checked. */
export class TypeFacts {
  #known = new Map<number, CelType>();
  #next = 0;

  open(): CelType {
    return { is: "open", id: this.#next++ };
  }

  /** With everything known put in; what stays open is dyn. */
  settled(type: CelType): CelType {
    const found = this.resolve(type);
    return found.is === "open" ? DYN : found;
  }

  resolve(type: CelType): CelType {
    if (type.is === "open") {
      const known = this.#known.get(type.id);
      return known === undefined ? type : this.resolve(known);
    }
    if (type.is === "list") return list(this.resolve(type.of));
    return type.is === "map" ? map(this.resolve(type.key), this.resolve(type.of)) : type;
  }

  /** Whether all of these may stand for those; only then what was learned on the way is kept. */
  allAssignable(types: readonly CelType[], wanted: readonly CelType[]): boolean {
    if (types.length !== wanted.length) return false;
    const before = new Map(this.#known);
    const fits = types.every((type, index) => this.#assignable(type, wanted[index] ?? DYN));
    if (!fits) this.#known = before;
    return fits;
  }

  /** One type for both, dyn where there is none. */
  joined(one: CelType | undefined, other: CelType): CelType {
    if (one === undefined) return other;
    return this.allAssignable([one], [other]) ? this.#moreGeneral(one, other) : DYN;
  }

  #assignable(one: CelType, other: CelType): boolean {
    if (other.is === "open") {
      const { fits, wasKnown } = this.#substitute(one, other);
      if (fits || wasKnown) return fits;
    }
    if (one.is === "open") return this.#substitute(other, one).fits;
    if (isDyn(one) || isDyn(other)) return true;
    if (isNull(one)) return takesNull(other);
    if (isNull(other)) return takesNull(one);
    if (one.is === "list" && other.is === "list") return this.#assignable(one.of, other.of);
    if (one.is === "map" && other.is === "map") return this.#assignable(one.key, other.key) && this.#assignable(one.of, other.of);
    if (one.is === "message" && other.is === "message") return one.name === other.name;
    if (one.is === "type") return other.is === "type";
    return (one.is === "scalar" || one.is === "wrapper") && (other.is === "scalar" || other.is === "wrapper") && one.name === other.name;
  }

  #substitute(type: CelType, open: CelType & { is: "open" }): { readonly fits: boolean; readonly wasKnown: boolean } {
    if (type.is === "open" && type.id === open.id) return { fits: true, wasKnown: true };
    const known = this.#known.get(open.id);
    if (known === undefined) {
      if (this.#mentions(type, open.id)) return { fits: false, wasKnown: false };
      this.#known.set(open.id, type);
      return { fits: true, wasKnown: false };
    }
    if (!this.#assignable(type, known)) return { fits: false, wasKnown: true };
    const general = this.#moreGeneral(type, known);
    if (!this.#mentions(general, open.id)) this.#known.set(open.id, general);
    return { fits: true, wasKnown: true };
  }

  #mentions(type: CelType, id: number): boolean {
    const found = this.resolve(type);
    if (found.is === "open") return found.id === id;
    if (found.is === "list") return this.#mentions(found.of, id);
    return found.is === "map" && (this.#mentions(found.key, id) || this.#mentions(found.of, id));
  }

  #moreGeneral(one: CelType, other: CelType): CelType {
    return isMoreGeneral(this.resolve(one), this.resolve(other)) ? one : other;
  }
}

function isNull(type: CelType): boolean {
  return type.is === "scalar" && type.name === "null_type";
}

function takesNull(type: CelType): boolean {
  if (type.is === "wrapper" || type.is === "message") return true;
  return type.is === "scalar" && ["null_type", "timestamp", "duration", "any"].includes(type.name);
}

function isMoreGeneral(one: CelType, other: CelType): boolean {
  if (isDyn(one) || one.is === "open") return true;
  if (one.is === "wrapper") return !(isDyn(other) || other.is === "open");
  if (one.is === "list") return other.is !== "list" || isMoreGeneral(one.of, other.of);
  if (one.is === "map") return other.is !== "map" || (isMoreGeneral(one.key, other.key) && isMoreGeneral(one.of, other.of));
  return !(isDyn(other) || other.is === "open" || other.is === "wrapper");
}
