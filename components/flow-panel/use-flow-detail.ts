"use client";
/** Everything about the open flow: what came with the page, or asked for when another one is opened. Answers are kept, so stepping back is at once. */
import { useEffect, useState } from "react";
import { askApi } from "#components/flow-table/ask-api.ts";
import type { Answer, FlowDetail } from "#lib/questions/answer.ts";

export interface OpenFlow {
  readonly id: string;
  readonly answer: Answer<FlowDetail>;
}

const KEPT = 200;

/** Undefined while the answer is on its way, and when no flow is open. */
export function useFlowDetail(id: string, came: OpenFlow | undefined): Answer<FlowDetail> | undefined {
  const [known, setKnown] = useState<ReadonlyMap<string, Answer<FlowDetail>>>(() => new Map());
  const answer = came?.id === id ? came.answer : known.get(id);
  const isKnown = answer !== undefined;
  useEffect(() => {
    if (id === "" || isKnown) return;
    const asking = new AbortController();
    void askApi<FlowDetail>(`/api/v1/flows/${encodeURIComponent(id)}`, asking.signal).then((found) => {
      if (found !== undefined) setKnown((before) => new Map([...[...before].slice(1 - KEPT), [id, found]]));
    });
    return () => asking.abort();
  }, [id, isKnown]);
  return id === "" ? undefined : answer;
}
