"use client";
/** The outermost groups: the first page came with the document, more are asked for as the table is scrolled. */
import { useCallback, useEffect, useRef, useState } from "react";
import { askApi } from "#components/flow-table/ask-api.ts";
import type { GroupRow, GroupTable, Problem } from "#lib/questions/answer.ts";

export interface GroupPages {
  readonly rows: readonly GroupRow[];
  readonly problem: Problem | undefined;
  /** Asks for the next page, unless it is on its way or all are there. After a problem it tries again. */
  readonly more: () => void;
}

/** `addressOf(offset)` counts at the first render only. */
export function useGroupPages(first: GroupTable, addressOf: (offset: number) => string): GroupPages {
  const [rows, setRows] = useState(first.rows);
  const [problem, setProblem] = useState<Problem | undefined>();
  const address = useRef(addressOf);
  const count = useRef(first.rows.length);
  const asking = useRef<AbortController | undefined>(undefined);
  const { total } = first;

  const more = useCallback(() => {
    if (asking.current !== undefined || count.current >= total) return;
    const controller = new AbortController();
    asking.current = controller;
    setProblem(undefined);
    void askApi<GroupTable>(address.current(count.current), controller.signal).then((answer) => {
      if (answer === undefined) return;
      asking.current = undefined;
      if (answer.problem) return setProblem(answer.problem);
      count.current += answer.answer.rows.length;
      setRows((before) => before.concat(answer.answer.rows));
    });
  }, [total]);

  useEffect(() => () => asking.current?.abort(), []);

  return { rows, problem, more };
}
