/** What one file of vectors is to the program that runs them all; a kind of its own is one more record in vector-kinds.ts. */

export interface Verdict {
  readonly id: string;
  /** What Cilium did and what Weir does, as short texts; equal = they agree. */
  readonly expected: string;
  readonly actual: string;
}

export interface VectorKind {
  /** Its name in a directory of vectors. */
  readonly file: string;
  /** One verdict a case, in file order. Other files of the directory may be needed; what cannot be read is thrown. */
  run(directory: string): readonly Verdict[];
}

export function disagreements(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.filter(({ expected, actual }) => expected !== actual);
}
