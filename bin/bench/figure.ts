/** One measured figure beside its goal, and how figures are written down. */
export interface Figure {
  readonly what: string;
  /** Weir's figure. */
  readonly weir: string;
  /** The peer's; empty = none. */
  readonly peer: string;
  /** How many times better than the peer (time), or the share of it (bytes); empty = no peer. */
  readonly ratio: string;
  readonly goal: string;
  readonly met: boolean | undefined;
}

export function milliseconds(ms: number): string {
  return ms >= 9_995 ? `${(ms / 1000).toFixed(1)} s` : ms >= 100 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`;
}

export function times(ratio: number): string {
  return `${ratio.toFixed(ratio >= 10 ? 0 : 2)}x`;
}

export function verdictOf({ met }: Figure): string {
  return met === undefined ? "" : met ? "met" : "missed";
}

export function asLine(figure: Figure): string {
  const peer = figure.peer === "" ? "" : `, peer ${figure.peer}`;
  const ratio = figure.ratio === "" ? "" : ` = ${figure.ratio}`;
  const goal = figure.goal === "" ? "" : ` (goal ${figure.goal}: ${verdictOf(figure)})`;
  return `${figure.what}: ${figure.weir}${peer}${ratio}${goal}`;
}
