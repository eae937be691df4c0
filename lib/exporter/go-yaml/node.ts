/** What a YAML text says, before any value is resolved: nodes with tags, anchors followed, and where each stands. */
import type { Origin } from "./cursor.ts";

/** Offsets into the text, half open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode {
  readonly is: "scalar";
  readonly span: Span;
  readonly tag: string;
  /** Plain, so that its value decides what it is. */
  readonly implicit: boolean;
  readonly text: string;
  readonly origins: readonly Origin[];
}

export interface SequenceNode {
  readonly is: "sequence";
  readonly span: Span;
  readonly items: readonly YamlNode[];
}

export interface MappingNode {
  readonly is: "mapping";
  readonly span: Span;
  readonly pairs: readonly (readonly [YamlNode, YamlNode])[];
}

export interface AliasNode {
  readonly is: "alias";
  readonly span: Span;
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;
