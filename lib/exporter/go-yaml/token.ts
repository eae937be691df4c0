/** What go-yaml's scanner cuts a text into. */
import type { Origin } from "./cursor.ts";

export type TokenKind =
  | "stream-end"
  | "version-directive"
  | "tag-directive"
  | "document-start"
  | "document-end"
  | "block-sequence-start"
  | "block-mapping-start"
  | "block-end"
  | "flow-sequence-start"
  | "flow-sequence-end"
  | "flow-mapping-start"
  | "flow-mapping-end"
  | "block-entry"
  | "flow-entry"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Scalar text, anchor name, tag handle, version. */
  readonly text: string;
  /** Tag suffix or prefix. */
  readonly suffix: string;
  /** Of a scalar: written without quotes or block marks. */
  readonly plain: boolean;
  readonly origins: readonly Origin[];
}

export function token(kind: TokenKind, start: number, end: number, more: Partial<Token> = {}): Token {
  return { kind, start, end, text: "", suffix: "", plain: false, origins: [], ...more };
}
