/** A field mask's paths as a tree, checked against the Flow message of a Cilium release. */
import { type CiliumVersion, shortened } from "./criterion.ts";
import { FLOW_FIELDS, type FlowField } from "./flow-message.ts";

/** Names to what is wanted inside; an empty map = the whole field. */
export type MaskTree = ReadonlyMap<string, MaskTree>;

export type ReadMask =
  | { readonly tree: MaskTree; readonly error?: never }
  /** `build`: an agent would refuse the entry that holds the mask. `position` is that of the first wrong path. */
  | { readonly error: MaskError; readonly tree?: never };

export interface MaskError {
  readonly class: "build";
  readonly position: number;
  readonly path: string;
  /** In the agent's words. */
  readonly reason: string;
}

export const NEWEST: CiliumVersion = "1.19";

/** A parent makes its children superfluous, whatever their order. No paths = an empty tree, which is no mask. */
export function readMask(paths: readonly string[], version: CiliumVersion = NEWEST): ReadMask {
  const tree: GrowingTree = new Map();
  for (const [position, path] of paths.entries()) {
    if (fieldAt(path, version) === undefined) {
      const reason = `proto: invalid path "${shortened(path)}" for message "flow.Flow"`;
      return { error: { class: "build", position, path, reason } };
    }
    add(tree, path.split("."));
  }
  return { tree };
}

/** What a path names; undefined where the release has no such field. */
export function fieldAt(path: string, version: CiliumVersion = NEWEST): FlowField | undefined {
  let fields: readonly FlowField[] | undefined = FLOW_FIELDS;
  let found: FlowField | undefined;
  for (const name of path.split(".")) {
    found = fields?.find((field) => field.name === name && isIn(field, version));
    if (found === undefined) return undefined;
    fields = found.fields;
  }
  return found;
}

export function isIn(field: FlowField, version: CiliumVersion): boolean {
  return Number(field.since.slice(2)) <= Number(version.slice(2));
}

type GrowingTree = Map<string, GrowingTree>;

function add(tree: GrowingTree, [name = "", ...rest]: readonly string[]): void {
  const inner = tree.get(name);
  if (rest.length === 0) tree.set(name, new Map());
  else if (inner === undefined) {
    const fresh: GrowingTree = new Map();
    tree.set(name, fresh);
    add(fresh, rest);
  } else if (inner.size > 0) add(inner, rest);
}
