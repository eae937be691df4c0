/** A flow as the store holds it: numbers of dictionary entries. */

export interface StoredFlow {
  /** The uuid, or the id made for a line without one. */
  readonly id: string;
  readonly hasUuid: boolean;
  readonly time: bigint;
  readonly packets: number;
  readonly session: number;
  readonly attempt: number;
  readonly sender: number;
  readonly place: number;
  readonly event: number;
  readonly policies: number;
  readonly node: number;
  readonly sourceIp: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly frame: number;
  readonly detail: number;
  /** Texts that only this row has, a text uuid first. */
  readonly leftover: readonly string[];
}
