/** What was pasted, as far as it concerns an agent, and what should be said of it as a whole. */
import type { Located } from "./go-yaml/located.ts";
import type { YamlFault } from "./go-yaml/read-yaml.ts";
import type { ToPasted } from "./text-places.ts";

/** What was pasted. `helm-dynamic` and `helm-static` are values files, `other` is a text that holds no exporter configuration of Cilium's. */
export type PastedForm = "flowlogs" | "config-map" | "helm-dynamic" | "helm-static" | "other";

/** Something about the paste as a whole that a person should know. */
export type PasteRemark =
  | "config-map-in-key"
  | "helm-values-in-key"
  | "no-key-in-config-map"
  | "other-name-of-config-map"
  | "helm-owned"
  | "stale-rotation"
  | "create-config-map"
  | "dynamic-disabled"
  | "static-and-dynamic"
  | "helm-command"
  | "deckhouse"
  | "managed-aks"
  | "not-exporter";

export interface PlacedRemark {
  readonly kind: PasteRemark;
  readonly at: Located | undefined;
  /** `at` stands in the paste itself, not in a text inside it. */
  readonly outside?: boolean;
}

export interface Pasted {
  readonly form: PastedForm;
  /** What the agent gets to read; undefined = an empty file. */
  readonly root: Located | undefined;
  readonly fault: YamlFault | undefined;
  /** Where a second document begins, in the text of `root`. */
  readonly rest: number | undefined;
  readonly toPasted: ToPasted;
  readonly remarks: readonly PlacedRemark[];
}
