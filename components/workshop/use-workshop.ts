"use client";
/** The workshop's state: what the address says, and the view of it. Every change is answered, drawn and written into the address bar. */
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import type { ExporterConfig } from "#lib/exporter/config.ts";
import { readWindow } from "#lib/url/window-params.ts";
import { readWorkshop } from "#lib/url/workshop-params.ts";
import type { EngineAnswer, EngineRequest } from "./engine-answer.ts";
import { keepDocument, keptDocument } from "./kept-document.ts";
import { askEngine, prepareEngine } from "./workshop-engine.ts";
import { type Chosen, isLinkable, type Place, workshopHref } from "./workshop-href.ts";
import type { WorkshopView } from "./workshop-view.ts";

export interface WorkshopStart {
  readonly chosen: Chosen;
  readonly view: WorkshopView;
  /** What a person reads about where the document came from. */
  readonly origin: Origin;
  /** The address says that the document stays in the tab that has it. */
  readonly isKept: boolean;
}

export type Origin = { readonly is: "template"; readonly title: string } | { readonly is: "filter" } | { readonly is: "document" };

/** `also`: what is chosen with it, such as another entry. */
export type Edit = (change: (config: ExporterConfig) => ExporterConfig, also?: Partial<Chosen>) => void;

export interface Workshop extends WorkshopStart {
  readonly isBusy: boolean;
  /** Why the last change was not made; empty = it was. */
  readonly refusal: string;
  /** Reads the part that answers, so that the next question is answered sooner. */
  readonly prepare: () => void;
  /** Whether a link can carry all of it, else whether this tab finds it again after a reload. */
  readonly keeping: "link" | "tab" | "page";
  readonly edit: Edit;
  readonly fix: (text: string, at: number) => void;
  /** Another document altogether, as it came in. */
  readonly open: (text: string) => void;
  /** The same document, changed by hand. */
  readonly retype: (text: string) => void;
  /** What the document is held against; undefined = nothing. The document stays as it is. */
  readonly compare: (pasted: string | undefined) => void;
  /** What was pasted stays to compare with. */
  readonly template: (name: string) => void;
  /** Tab, entry, window, price: nothing that changes the document. */
  readonly choose: (change: Partial<Chosen>) => void;
  readonly target: (target: Chosen["target"]) => void;
}

type Known = WorkshopStart & { readonly refusal: string; readonly keeping?: Workshop["keeping"] };

export function useWorkshop(start: WorkshopStart, place: Place): Workshop {
  const [known, setKnown] = useState<Known>({ ...start, refusal: "" });
  const [waiting, setWaiting] = useState(0);
  const latest = useRef(known);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const params = useSearchParams();
  const written = useRef(params.toString());
  /** The server could not know the document: this tab may. */
  const mustFind = useRef(start.isKept);

  const show = useCallback(
    (next: Known, history: "push" | "replace" | "none") => {
      const keeping = isLinkable(next.chosen) ? "link" : "tab";
      const now = { ...next, keeping } as const;
      latest.current = now;
      setKnown(now);
      // megabytes take their time, so the page is drawn first
      if (keeping === "tab")
        setTimeout(() => latest.current === now && !keepDocument(next.chosen) && setKnown({ ...now, keeping: "page" }));
      if (history === "none") return;
      const href = workshopHref(place, next.chosen);
      const query = new URL(href, window.location.href).searchParams.toString();
      if (query === written.current) return;
      written.current = query;
      if (history === "push") window.history.pushState(null, "", href);
      else window.history.replaceState(null, "", href);
    },
    [place],
  );

  /** One after the other: a change starts from what the one before it made. */
  const run = useCallback(
    (
      ask: (now: Known) => EngineRequest,
      next: (now: Known, answer: EngineAnswer & { readonly view: WorkshopView }) => Known,
      history: "push" | "none" = "push",
    ) => {
      setWaiting((count) => count + 1);
      queue.current = queue.current.then(async () => {
        try {
          const answer = await askEngine(ask(latest.current));
          if (answer.view === undefined) show({ ...latest.current, refusal: answer.refusal }, "none");
          else show(next(latest.current, answer), history);
        } catch {
          show({ ...latest.current, refusal: "The part of Weir that reads configurations did not arrive. Try again." }, "none");
        } finally {
          setWaiting((count) => count - 1);
        }
      });
    },
    [show],
  );

  const edited = (now: Known, { view }: { readonly view: WorkshopView }, also: Partial<Chosen> = {}): Known => {
    const pasted = now.chosen.pasted;
    const chosen = { ...now.chosen, template: "", ...also, text: view.text, pasted };
    return { chosen: inRange(chosen, view), view, origin: { is: "document" }, isKept: false, refusal: "" };
  };
  const about = ({ chosen }: Known) => ({ target: chosen.target, pasted: chosen.pasted, now: Date.now() });

  const load = useEffectEvent((query: URLSearchParams) => {
    const { choice: read, isKept } = readWorkshop(query);
    const kept = isKept ? keptDocument() : undefined;
    if (isKept && kept === undefined) return;
    const choice = { ...read, ...kept };
    const { window } = readWindow(query.get("from") ?? undefined, query.get("to") ?? undefined);
    const chosen: Chosen = { ...choice, window, tab: query.get("tab") ?? "" };
    const { view } = latest.current;
    if (chosen.text === view.text && chosen.target === view.target && chosen.pasted === view.pasted) {
      show({ ...latest.current, chosen: inRange(chosen, view), refusal: "" }, "none");
    } else
      run(
        () => requestOf(chosen, place),
        (_, answer) => shownAs(chosen, answer),
        "none",
      );
  });
  useEffect(() => {
    const query = params.toString();
    if (query === written.current && !mustFind.current) return;
    mustFind.current = false;
    written.current = query;
    load(new URLSearchParams(query));
  }, [params]);

  return {
    ...known,
    isBusy: waiting > 0,
    prepare: prepareEngine,
    keeping: known.keeping ?? "link",
    edit: (change, also) =>
      run(
        (now) => ({ do: "write", config: change(now.view.config), ...about(now) }),
        (now, answer) => edited(now, answer, also),
      ),
    fix: (text, at) =>
      run(
        (now) => ({ do: "fix", text, at, ...about(now) }),
        (now, answer) => edited(now, answer),
      ),
    open: (text) =>
      run(
        (now) => ({ do: "view", text, ...about(now), pasted: text }),
        (now, answer) => shownAs({ ...now.chosen, text, pasted: text, template: "", entry: 0, tab: "" }, answer),
      ),
    retype: (text) =>
      run(
        (now) => ({ do: "view", text, ...about(now) }),
        (now, answer) => edited(now, answer, { tab: "" }),
      ),
    compare: (pasted) =>
      run(
        (now) => ({ do: "view", text: now.view.text, ...about(now), pasted }),
        (now, { view }) => ({ ...now, chosen: { ...now.chosen, text: view.text, pasted }, view, refusal: "" }),
      ),
    template: (template) =>
      run(
        (now) => ({ do: "start", template, filter: place.search.filter, ...about(now) }),
        (now, answer) => {
          const { pasted } = now.chosen;
          // beside what was pasted the template is a document as any other
          const text = pasted === undefined ? undefined : answer.view.text;
          return shownAs({ ...now.chosen, text, template, entry: 0, tab: "" }, answer);
        },
      ),
    target: (target) =>
      run(
        (now) => requestOf({ ...now.chosen, target }, place),
        (now, answer) => shownAs({ ...now.chosen, target }, answer),
      ),
    choose: (change) => show({ ...latest.current, chosen: { ...latest.current.chosen, ...change }, refusal: "" }, "push"),
  };
}

function requestOf(chosen: Chosen, { search }: Place): EngineRequest {
  const { text, pasted, target, template } = chosen;
  const now = Date.now();
  return text === undefined
    ? { do: "start", template, filter: search.filter, target, pasted, now }
    : { do: "view", text, pasted, target, now };
}

function shownAs(chosen: Chosen, { view, start }: EngineAnswer & { readonly view: WorkshopView }): Known {
  return { chosen: inRange(chosen, view), view, origin: start?.from ?? { is: "document" }, isKept: false, refusal: start?.refusal ?? "" };
}

function inRange(chosen: Chosen, view: WorkshopView): Chosen {
  return { ...chosen, entry: Math.max(0, Math.min(chosen.entry, view.entries.length - 1)) };
}
