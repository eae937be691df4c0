"use client";
/** The groups in opened ones: those the document came with, the others asked for when they open. */
import { useEffect, useRef, useState } from "react";
import { askApi } from "#components/flow-table/ask-api.ts";
import type { GroupTable } from "#lib/questions/answer.ts";
import { branchOf } from "./branch-of.ts";
import { type GroupPath, pathId } from "./group-path.ts";
import type { Branch } from "./group-tree.ts";

/** `addressOf` counts at the first render only; a failed branch is asked for again when it is closed and opened. */
export function useBranches(
  first: ReadonlyMap<string, Branch>,
  open: readonly GroupPath[],
  addressOf: (parent: GroupPath) => string,
): ReadonlyMap<string, Branch> {
  const [branches, setBranches] = useState(first);
  const address = useRef(addressOf);
  const asking = useRef(new Map<string, AbortController>());

  useEffect(() => {
    const wanted = new Map(open.map((path) => [pathId(path), path]));
    setBranches((before) => withoutFailed(before, wanted));
    for (const [id, path] of wanted) {
      if (asking.current.has(id)) continue;
      const known = branches.get(id);
      if (known?.is === "rows") continue;
      const controller = new AbortController();
      asking.current.set(id, controller);
      void askApi<GroupTable>(address.current(path), controller.signal).then((answer) => {
        if (answer === undefined) return;
        setBranches(
          (before) =>
            new Map([...before, [id, answer.problem ? { is: "failed", problem: answer.problem } : branchOf(answer.answer, path)]]),
        );
      });
    }
    for (const id of asking.current.keys()) if (!wanted.has(id)) asking.current.delete(id);
  }, [open, branches.get]);

  useEffect(() => {
    const { current } = asking;
    return () => {
      for (const controller of current.values()) controller.abort();
      current.clear();
    };
  }, []);

  return branches;
}

function withoutFailed(branches: ReadonlyMap<string, Branch>, wanted: ReadonlyMap<string, GroupPath>): ReadonlyMap<string, Branch> {
  const kept = [...branches].filter(([id, branch]) => wanted.has(id) || branch.is === "rows");
  return kept.length === branches.size ? branches : new Map(kept);
}
