/** Walking through the lines of both sides, newest first: what feeds brought since the boundary, then history. */
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowScan, Scannable, ScanProblem } from "#lib/stores/flow-scan.ts";
import { partAfter, partBefore } from "./sides.ts";

export interface ScannedSides {
  /** Undefined = it cannot be asked; then the feeds' lines are all there are. */
  readonly history: Scannable | undefined;
  readonly recent: Scannable;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const HISTORY_GONE = "Lines older than what feeds of this machine brought: the cluster cannot be asked.";

export async function joinScan(
  { history, recent, at }: ScannedSides,
  window: ResolvedWindow,
  gone: AbortSignal | undefined,
): Promise<FlowScan | ScanProblem> {
  const newer = history === undefined ? window : partAfter(window, at);
  const older = partBefore(window, at);
  const own = newer && (await recent.scan(newer, gone));
  if (own !== undefined && "problem" in own) return own;
  const old = history === undefined || older === undefined ? undefined : await history.scan(older, gone);
  if (old !== undefined && "problem" in old) return old;
  const blindSpots = [...(own?.blindSpots ?? []), ...(old?.blindSpots ?? []), ...(history === undefined ? [HISTORY_GONE] : [])];
  const walks = [own, old].filter((walk) => walk !== undefined);
  return {
    total: walks.reduce((sum, { total }) => sum + total, 0),
    ...(old?.most !== undefined && { most: (own?.total ?? 0) + old.most }),
    ...(blindSpots.length > 0 && { blindSpots }),
    next: async (left) => {
      for (let walk = walks[0]; walk !== undefined; walk = walks[0]) {
        const stretch = await walk.next(left);
        if (stretch !== undefined) return stretch;
        walks.shift();
      }
      return undefined;
    },
  };
}
