/** What every criterion's input is given. */
import type { ReactNode } from "react";
import type { CiliumClause } from "#lib/filters/filter.ts";

export type CiliumName = keyof CiliumClause;
export type CiliumValues<N extends CiliumName> = CiliumClause[N];

export interface InputProps<Values> {
  /** What the values are of, for names of fields: "From pods". */
  readonly label: string;
  /** Undefined = not set. */
  readonly values: Values;
  readonly onChange: (values: NonNullable<Values>) => void;
  /** Why a value means nothing to an agent; undefined = it does. */
  readonly troubleOf: (value: unknown) => string | undefined;
}

/** Draws the input; no component itself, so that one table can hold all of them. */
export type DrawInput<Values> = (props: InputProps<Values>) => ReactNode;
