/** Where two JSON values part. */

/** A path, what stands there on one side, and on the other. */
export function firstDifference(expected: unknown, found: unknown, path = "answer"): string {
  if (isTree(expected) && isTree(found) && Array.isArray(expected) === Array.isArray(found)) {
    const [left, right] = [new Map(Object.entries(expected)), new Map(Object.entries(found))];
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      const [one, other] = [left.get(key), right.get(key)];
      if (JSON.stringify(one) !== JSON.stringify(other)) return firstDifference(one, other, `${path}.${key}`);
    }
  }
  return `${path}: ${short(expected)} is right, ${short(found)} came`;
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 200);
}
