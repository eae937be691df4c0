/** Puts tokens together to the nodes of the first document, by go-yaml's grammar. */
import type { MappingNode, ScalarNode, SequenceNode, Span, YamlNode } from "./node.ts";
import { Scanner } from "./scanner.ts";
import type { Token, TokenKind } from "./token.ts";
import { Unreadable } from "./unreadable.ts";

const DEFAULT_HANDLES: readonly (readonly [string, string])[] = [
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"],
];

interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

export interface FirstDocument {
  /** Undefined for a text without a document. */
  readonly root: YamlNode | undefined;
  /** Offset from which on the text is not looked at; undefined where nothing but blanks and comments follows. */
  readonly rest: number | undefined;
}

/** Throws Unreadable. */
export function parseFirstDocument(text: string): FirstDocument {
  return new Parser(text).document();
}

class Parser {
  readonly #scanner: Scanner;
  readonly #anchors = new Map<string, YamlNode>();
  /** Collections that are not finished: an alias to one of them is a loop. */
  readonly #open = new Map<string, MutableNode>();
  readonly #handles = new Map<string, string>();

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  document(): FirstDocument {
    const first = this.#peek();
    if (first.kind === "stream-end") return { root: undefined, rest: undefined };
    const explicit = first.kind === "version-directive" || first.kind === "tag-directive" || first.kind === "document-start";
    this.#directives();
    if (explicit) this.#expect("document-start", "did not find expected <document start>");
    const root = explicit && this.#isAtEnd() ? this.#empty(this.#peek().start) : this.#node(true, false);
    return { root, rest: this.#rest() };
  }

  #isAtEnd(): boolean {
    const { kind } = this.#peek();
    return (
      kind === "version-directive" ||
      kind === "tag-directive" ||
      kind === "document-start" ||
      kind === "document-end" ||
      kind === "stream-end"
    );
  }

  /** go-yaml looks one token ahead, and is content with whatever it is. */
  #rest(): number | undefined {
    const { kind, start, end } = this.#peek();
    if (kind === "stream-end") return undefined;
    const from = kind === "document-end" ? end : start;
    return /^(?:\s|#.*\n?)*$/.test(this.#scanner.cursor.text.slice(from)) ? undefined : from;
  }

  #directives(): void {
    let version: string | undefined;
    for (let token = this.#peek(); token.kind === "version-directive" || token.kind === "tag-directive"; token = this.#peek()) {
      if (token.kind === "version-directive") {
        if (version !== undefined) throw new Unreadable("found duplicate %YAML directive", token.start);
        if (token.text !== "1.1") throw new Unreadable("found incompatible YAML document", token.start);
        version = token.text;
      } else {
        if (this.#handles.has(token.text)) throw new Unreadable("found duplicate %TAG directive", token.start);
        this.#handles.set(token.text, token.suffix);
      }
      this.#scanner.skip();
    }
    for (const [handle, prefix] of DEFAULT_HANDLES) if (!this.#handles.has(handle)) this.#handles.set(handle, prefix);
  }

  #node(block: boolean, indentless: boolean): YamlNode {
    const first = this.#peek();
    if (first.kind === "alias") return this.#alias(first);
    const own = this.#properties();
    const token = this.#peek();
    if (indentless && token.kind === "block-entry") return this.#collection(own, token, (items) => this.#indentless(items));
    if (token.kind === "scalar") return this.#scalar(own, token);
    if (token.kind === "flow-sequence-start") return this.#collection(own, token, (items) => this.#flowSequence(items, token));
    if (token.kind === "flow-mapping-start") return this.#mapping(own, token, (pairs) => this.#flowMapping(pairs));
    if (block && token.kind === "block-sequence-start") return this.#collection(own, token, (items) => this.#blockSequence(items));
    if (block && token.kind === "block-mapping-start") return this.#mapping(own, token, (pairs) => this.#blockMapping(pairs));
    if (own.anchor !== undefined || own.tag !== "") {
      return this.#named(own.anchor, scalar({ start: own.start, end: own.end }, own.tag, own.tag === ""));
    }
    throw new Unreadable("did not find expected node content", token.start);
  }

  #alias(token: Token): YamlNode {
    this.#scanner.skip();
    const target = this.#anchors.get(token.text);
    if (target !== undefined) return { is: "alias", span: { start: token.start, end: token.end }, name: token.text, target };
    if (this.#open.has(token.text)) throw new Unreadable(`anchor '${token.text}' value contains itself`, token.start);
    throw new Unreadable(`unknown anchor '${token.text}' referenced`, token.start);
  }

  #properties(): Properties {
    let anchor: string | undefined;
    let tag: Token | undefined;
    const start = this.#peek().start;
    let end = start;
    for (;;) {
      const token = this.#peek();
      if (token.kind === "anchor" && anchor === undefined) anchor = token.text;
      else if (token.kind === "tag" && tag === undefined) tag = token;
      else break;
      end = token.end;
      this.#scanner.skip();
    }
    return { anchor, tag: tag === undefined ? "" : this.#fullTag(tag, start), start, end };
  }

  #fullTag(token: Token, start: number): string {
    if (token.text === "") return token.suffix;
    const prefix = this.#handles.get(token.text);
    if (prefix === undefined || prefix + token.suffix === "") throw new Unreadable("found undefined tag handle", start);
    return prefix + token.suffix;
  }

  #scalar(own: Properties, token: Token): YamlNode {
    this.#scanner.skip();
    const implicit = (own.tag === "" && token.plain) || own.tag === "!";
    const node = scalar({ start: token.start, end: token.end }, own.tag, implicit, token);
    return this.#named(own.anchor, node);
  }

  #collection(own: Properties, token: Token, fill: (items: YamlNode[]) => number): YamlNode {
    const items: YamlNode[] = [];
    const span = { start: token.start, end: token.end };
    const node: SequenceNode = { is: "sequence", span, items };
    return this.#filled(own, node, span, () => fill(items));
  }

  #mapping(own: Properties, token: Token, fill: (pairs: (readonly [YamlNode, YamlNode])[]) => number): YamlNode {
    const pairs: (readonly [YamlNode, YamlNode])[] = [];
    const span = { start: token.start, end: token.end };
    const node: MappingNode = { is: "mapping", span, pairs };
    return this.#filled(own, node, span, () => fill(pairs));
  }

  /** An anchor holds from the start of its node on; reading the value would never end, so an alias inside is refused at once. */
  #filled(own: Properties, node: SequenceNode | MappingNode, span: MutableNode, fill: () => number): YamlNode {
    if (own.anchor !== undefined) {
      this.#anchors.delete(own.anchor);
      this.#open.set(own.anchor, span);
    }
    span.end = fill();
    if (own.anchor !== undefined && this.#open.get(own.anchor) === span) {
      this.#open.delete(own.anchor);
      this.#anchors.set(own.anchor, node);
    }
    return node;
  }

  #named(anchor: string | undefined, node: YamlNode): YamlNode {
    if (anchor !== undefined) {
      this.#open.delete(anchor);
      this.#anchors.set(anchor, node);
    }
    return node;
  }

  #blockSequence(items: YamlNode[]): number {
    this.#scanner.skip();
    for (;;) {
      const token = this.#take();
      if (token.kind === "block-end") return token.end;
      if (token.kind !== "block-entry") throw new Unreadable("did not find expected '-' indicator", token.start);
      items.push(this.#isNext("block-entry", "block-end") ? this.#empty(token.end) : this.#node(true, false));
    }
  }

  #indentless(items: YamlNode[]): number {
    let end = this.#peek().end;
    for (let token = this.#peek(); token.kind === "block-entry"; token = this.#peek()) {
      this.#scanner.skip();
      const item = this.#isNext("block-entry", "key", "value", "block-end") ? this.#empty(token.end) : this.#node(true, false);
      items.push(item);
      end = item.span.end;
    }
    return end;
  }

  #blockMapping(pairs: (readonly [YamlNode, YamlNode])[]): number {
    this.#scanner.skip();
    for (;;) {
      const token = this.#take();
      if (token.kind === "block-end") return token.end;
      if (token.kind !== "key") throw new Unreadable("did not find expected key", token.start);
      const key = this.#isNext("key", "value", "block-end") ? this.#empty(token.end) : this.#node(true, true);
      pairs.push([key, this.#blockValue()]);
    }
  }

  #blockValue(): YamlNode {
    const token = this.#peek();
    if (token.kind !== "value") return this.#empty(token.start);
    this.#scanner.skip();
    return this.#isNext("key", "value", "block-end") ? this.#empty(token.end) : this.#node(true, true);
  }

  #flowSequence(items: YamlNode[], open: Token): number {
    this.#scanner.skip();
    for (let first = true; ; first = false) {
      if (!first && !this.#isNext("flow-sequence-end")) this.#expect("flow-entry", "did not find expected ',' or ']'");
      if (this.#isNext("flow-sequence-end")) return this.#take().end;
      items.push(this.#isNext("key") ? this.#flowPair(open) : this.#node(false, false));
    }
  }

  /** `[a: b]` is a list of one map. */
  #flowPair(open: Token): YamlNode {
    const start = this.#take().start;
    const key = this.#isNext("value", "flow-entry", "flow-sequence-end") ? this.#empty(this.#take().end) : this.#node(false, false);
    let value: YamlNode | undefined;
    if (this.#isNext("value")) {
      this.#scanner.skip();
      if (!this.#isNext("flow-entry", "flow-sequence-end")) value = this.#node(false, false);
    }
    const end = this.#peek().start;
    return { is: "mapping", span: { start: Math.max(start, open.start), end }, pairs: [[key, value ?? this.#empty(end)]] };
  }

  #flowMapping(pairs: (readonly [YamlNode, YamlNode])[]): number {
    this.#scanner.skip();
    for (let first = true; ; first = false) {
      if (!first && !this.#isNext("flow-mapping-end")) this.#expect("flow-entry", "did not find expected ',' or '}'");
      if (this.#isNext("flow-mapping-end")) return this.#take().end;
      if (!this.#isNext("key")) {
        const key = this.#node(false, false);
        pairs.push([key, this.#empty(this.#peek().start)]);
        continue;
      }
      this.#scanner.skip();
      const key = this.#isNext("value", "flow-entry", "flow-mapping-end") ? this.#empty(this.#peek().start) : this.#node(false, false);
      pairs.push([key, this.#flowValue()]);
    }
  }

  #flowValue(): YamlNode {
    if (!this.#isNext("value")) return this.#empty(this.#peek().start);
    this.#scanner.skip();
    return this.#isNext("flow-entry", "flow-mapping-end") ? this.#empty(this.#peek().start) : this.#node(false, false);
  }

  #empty(offset: number): ScalarNode {
    return scalar({ start: offset, end: offset }, "", true);
  }

  #peek(): Token {
    return this.#scanner.peek();
  }

  #take(): Token {
    const token = this.#scanner.peek();
    this.#scanner.skip();
    return token;
  }

  #isNext(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#scanner.peek().kind);
  }

  #expect(kind: TokenKind, problem: string): void {
    const token = this.#take();
    if (token.kind !== kind) throw new Unreadable(problem, token.start);
  }
}

interface MutableNode extends Span {
  end: number;
}

function scalar(span: Span, tag: string, implicit: boolean, token?: Token): ScalarNode {
  return { is: "scalar", span, tag, implicit, text: token?.text ?? "", origins: token?.origins ?? [] };
}
