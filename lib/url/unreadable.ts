/** A parameter that could not be used. It is named to the person, never dropped in silence. */
export interface Unreadable {
  readonly name: string;
  readonly value: string;
  /** One sentence. */
  readonly why: string;
}
