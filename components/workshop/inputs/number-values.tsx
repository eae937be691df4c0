"use client";
/** Values that are whole numbers: security identities, with the names of the reserved ones. */
import type { DrawInput } from "./input-props.ts";
import { TextList, type TextOptions } from "./text-values.tsx";

const UINT32 = 2 ** 32;

/** What is no number in range never becomes a value. */
export function numberValues(options: TextOptions): DrawInput<readonly number[] | undefined> {
  const own = { ...options, splits: true };
  return ({ label, values = [], onChange, troubleOf }) => (
    <TextList
      options={own}
      label={label}
      values={values.map(String)}
      troubleOf={(text) =>
        typeof text === "string" && isWhole(text) ? troubleOf(Number(text)) : "This is no whole number from 0 to 4294967295."
      }
      onChange={(texts) => onChange(texts.filter(isWhole).map(Number))}
    />
  );
}

function isWhole(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) < UINT32;
}

/** Numeric identities that mean the same in every cluster (pkg/identity/numericidentity.go, Cilium 1.17). */
const RESERVED_IDENTITIES: ReadonlyMap<string, string> = new Map([
  ["0", "unknown"],
  ["1", "host"],
  ["2", "world"],
  ["3", "unmanaged"],
  ["4", "health"],
  ["5", "init"],
  ["6", "remote-node"],
  ["7", "kube-apiserver"],
  ["8", "ingress"],
  ["9", "world-ipv4"],
  ["10", "world-ipv6"],
]);

export function identityNote(value: string): string {
  const reserved = RESERVED_IDENTITIES.get(value);
  if (reserved !== undefined) return `reserved:${reserved}`;
  return Number(value) >= 16_777_216 && Number(value) < UINT32 ? "means something else on every node" : "";
}

export const KNOWN_IDENTITIES: readonly string[] = [...RESERVED_IDENTITIES.keys()];
