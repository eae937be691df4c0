/** Why a text is no YAML to go-yaml. Thrown inside this folder only: `readYaml` makes a value of it. */

export class Unreadable extends Error {
  /** Offset into the text, in UTF-16 code units. */
  readonly offset: number;

  /** `problem` in go-yaml's own words, because agents print them. */
  constructor(problem: string, offset: number) {
    super(problem);
    this.offset = offset;
  }
}

/** Larger or deeper than Weir reads; the agent itself might take it. */
export class TooMuch extends Unreadable {}
