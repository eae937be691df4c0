/** YAML as go-yaml v2 reads it (the library behind sigs.k8s.io/yaml, which agents use): duplicate keys, merges, aliases and all. */
import { formatGoFloat } from "./go-number.ts";
import type { Located, LocatedEntry, LocatedMap } from "./located.ts";
import type { MappingNode, Span, YamlNode } from "./node.ts";
import { parseFirstDocument } from "./parser.ts";
import { type Resolved, resolveScalar } from "./resolve-scalar.ts";
import { TooMuch, Unreadable } from "./unreadable.ts";

export type ReadYaml =
  /** Undefined: a text without a document, which is null to the agent. `rest` is where a second document begins, which nobody reads. */
  | { readonly value: Located | undefined; readonly rest: number | undefined; readonly fault?: never }
  | { readonly fault: YamlFault; readonly value?: never; readonly rest?: never };

export interface YamlFault {
  /** In go-yaml's words. */
  readonly problem: string;
  readonly offset: number;
  /** The agent might read it; Weir does not. */
  readonly tooMuch: boolean;
}

/** Most values that are read, aliases followed each time they are used. */
const MOST_VALUES = 200_000;

export function readYaml(text: string): ReadYaml {
  try {
    const { root, rest } = parseFirstDocument(text);
    return { value: root === undefined ? undefined : new Composer().value(root), rest };
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    return { fault: { problem: fault.message, offset: fault.offset, tooMuch: fault instanceof TooMuch } };
  }
}

class Composer {
  #values = 0;
  #aliased = 0;
  #aliasDepth = 0;

  value(node: YamlNode): Located {
    this.#count(node);
    switch (node.is) {
      case "scalar":
        return { is: "scalar", span: node.span, value: resolveScalar(node), origins: node.origins };
      case "sequence":
        return { is: "list", span: node.span, items: node.items.map((item) => this.value(item)) };
      case "mapping": {
        const map = new MapBuilder(node.span);
        this.#fill(node, map);
        return map.built();
      }
      case "alias": {
        this.#aliasDepth++;
        const value = this.value(node.target);
        this.#aliasDepth--;
        return value;
      }
    }
  }

  #fill(node: MappingNode, map: MapBuilder): void {
    for (const [keyNode, valueNode] of node.pairs) {
      if (isMerge(keyNode)) {
        this.#merge(valueNode, map);
        continue;
      }
      const key = this.value(keyNode);
      if (key.is !== "scalar") throw new Unreadable(`invalid map key: ${key.is === "map" ? "map" : "list"}`, keyNode.span.start);
      map.set(key.value, keyNode.span, this.value(valueNode));
    }
  }

  /** Merged keys count where `<<` stands: they overwrite what came before, and what comes after overwrites them. */
  #merge(node: YamlNode, map: MapBuilder): void {
    const sources = node.is === "sequence" ? node.items.toReversed() : [node];
    if (node.is === "sequence") this.#count(node);
    for (const source of sources) {
      const target = source.is === "alias" ? source.target : source;
      if (target.is !== "mapping") throw new Unreadable("map merge requires map or sequence of maps as the value", source.span.start);
      this.#count(source);
      if (source.is === "alias") this.#aliasDepth++;
      this.#fill(target, map);
      if (source.is === "alias") this.#aliasDepth--;
    }
  }

  /** go-yaml's own guard against texts that grow by aliases, and Weir's. */
  #count(node: YamlNode): void {
    this.#values++;
    if (this.#aliasDepth > 0) this.#aliased++;
    if (this.#aliased > 100 && this.#values > 1000 && this.#aliased / this.#values > 0.99) {
      throw new Unreadable("document contains excessive aliasing", node.span.start);
    }
    if (this.#values > MOST_VALUES) throw new TooMuch(`more than ${MOST_VALUES} values`, node.span.start);
  }
}

function isMerge(node: YamlNode): boolean {
  return node.is === "scalar" && node.text === "<<" && (node.implicit || node.tag === "tag:yaml.org,2002:merge");
}

class MapBuilder {
  readonly #span: Span;
  readonly #entries = new Map<string, LocatedEntry>();
  readonly #overwritten: LocatedEntry[] = [];
  #nullKey: Span | undefined;

  constructor(span: Span) {
    this.#span = span;
  }

  set(key: Resolved, keySpan: Span, value: Located): void {
    const name = keyText(key);
    if (name === undefined) {
      this.#nullKey = keySpan;
      return;
    }
    const before = this.#entries.get(name);
    if (before !== undefined) this.#overwritten.push(before);
    this.#entries.set(name, { key: name, keySpan, value });
  }

  built(): LocatedMap {
    return { is: "map", span: this.#span, entries: this.#entries, overwritten: this.#overwritten, nullKey: this.#nullKey };
  }
}

/** Numbers and booleans become texts, null does not. */
function keyText(key: Resolved): string | undefined {
  if (key.is === "null") return undefined;
  if (key.is !== "float") return String(key.value);
  const text = formatGoFloat(key.value);
  return { "+Inf": ".inf", "-Inf": "-.inf", NaN: ".nan" }[text] ?? text;
}
