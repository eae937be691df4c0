"use client";
/** The groups in opened ones: those the document came with, the others asked for when they open. */
import { useEffect, useRef, useState } from "react";
import { askApi } from "#components/flow-table/ask-api.ts";
import type { GroupTable } from "#lib/questions/answer.ts";
import { branchOf } from "./branch-of.ts";
import { type GroupPath, pathId } from "./group-path.ts";
import type { Branch } from "./group-tree.ts";

type Branches = ReadonlyMap<string, Branch>;

/** `addressOf` counts at the first render only; a failed branch is asked for again when it is closed and opened. */
export function useBranches(first: Branches, open: readonly GroupPath[], addressOf: (parent: GroupPath) => string): Branches {
  const [branches, setBranches] = useState(first);
  const known = useRef(first);
  const asking = useRef(new Map<string, AbortController>());
  const address = useRef(addressOf);

  useEffect(() => {
    const keep = (next: Branches): void => {
      known.current = next;
      setBranches(next);
    };
    const wanted = new Map(open.map((path) => [pathId(path), path]));
    const settled = withoutFailed(known.current, wanted);
    if (settled.size < known.current.size) keep(settled);
    for (const [id, path] of wanted) {
      if (settled.has(id) || asking.current.has(id)) continue;
      const controller = new AbortController();
      asking.current.set(id, controller);
      void askApi<GroupTable>(address.current(path), controller.signal).then((answer) => {
        if (answer === undefined) return;
        asking.current.delete(id);
        const branch: Branch = answer.problem ? { is: "failed", problem: answer.problem } : branchOf(answer.answer, path);
        keep(new Map([...known.current, [id, branch]]));
      });
    }
  }, [open]);

  useEffect(() => {
    const { current } = asking;
    return () => {
      for (const controller of current.values()) controller.abort();
      current.clear();
    };
  }, []);

  return branches;
}

function withoutFailed(branches: Branches, wanted: ReadonlyMap<string, GroupPath>): Branches {
  return new Map([...branches].filter(([id, branch]) => wanted.has(id) || branch.is === "rows"));
}
