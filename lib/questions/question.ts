/** What can be asked. A question is plain data: it crosses threads, and two stores must answer it alike. */

import type { Filter } from "#lib/filters/filter.ts";
import type { Dimension, Grouping } from "#lib/flows/dimension.ts";
import type { ResolvedWindow } from "./window.ts";

export interface Question {
  readonly window: ResolvedWindow;
  readonly filter: Filter;
  /** Free text over names (pod, namespace, workload, group, address, DNS name, policy, node), case-insensitive substring; empty = none. */
  readonly text: string;
}

export const GROUP_ORDERS = ["attempts", "packets", "first", "last", "pods", "addresses", "key", "change"] as const;
export type GroupOrder = (typeof GROUP_ORDERS)[number];

export interface GroupsQuestion extends Question {
  readonly by: readonly Grouping[];
  readonly order: GroupOrder;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
  /** Points of each row's sparkline over the window; 0 = none. */
  readonly sparkPoints: number;
}

export interface TimelineQuestion extends Question {
  /** Buckets at most (the store chooses a round width). */
  readonly buckets: number;
  readonly split: "reason" | "group";
}

export interface FacetsQuestion extends Question {
  readonly facets: readonly Dimension[];
  /** Values per facet at most. */
  readonly limit: number;
  /** Only values that contain this text, per facet. */
  readonly search: Partial<Record<Dimension, string>>;
}

export interface FlowsQuestion extends Question {
  /** `time,uuid` of the last row already had; undefined = from the newest. */
  readonly after: string | undefined;
  readonly limit: number;
  readonly newestFirst: boolean;
}
