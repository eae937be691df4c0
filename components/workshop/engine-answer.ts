/** What the page asks of the room that knows configurations. It takes time with long texts, so it is asked from afar and answers plain data. */

import type { ExporterConfig, TargetVersion } from "#lib/exporter/config.ts";
import { writeConfigMap } from "#lib/exporter/write-config.ts";
import { computeView, fixedText } from "./compute-view.ts";
import { type Start, type StartingPoint, startConfig } from "./start-config.ts";
import type { WorkshopView } from "./workshop-view.ts";

interface About {
  readonly target: TargetVersion;
  readonly pasted: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type EngineRequest =
  | ({ readonly do: "start" } & StartingPoint & Omit<About, "target">)
  | ({ readonly do: "view"; readonly text: string } & About)
  | ({ readonly do: "write"; readonly config: ExporterConfig } & About)
  /** `at`: which finding of `text` is to be mended. */
  | ({ readonly do: "fix"; readonly text: string; readonly at: number } & About);

export type EngineAnswer =
  | { readonly view: WorkshopView; readonly start: Pick<Start, "from" | "refusal"> | undefined; readonly refusal?: never }
  /** Why the change cannot be made. */
  | { readonly refusal: string; readonly view?: never; readonly start?: never };

export function answer(request: EngineRequest): EngineAnswer {
  switch (request.do) {
    case "start": {
      const { config, from, refusal } = startConfig(request);
      const text = writeConfigMap(config).text ?? "";
      return { view: computeView({ ...request, text }), start: { from, refusal } };
    }
    case "view":
      return { view: computeView(request), start: undefined };
    case "write": {
      const written = writeConfigMap(request.config);
      if (written.refusal !== undefined) return { refusal: written.refusal };
      return { view: computeView({ ...request, text: written.text }), start: undefined };
    }
    case "fix": {
      const text = fixedText(request, request.at);
      if (text === undefined) return { refusal: "This cannot be mended by itself. Change it in the cards." };
      return { view: computeView({ ...request, text }), start: undefined };
    }
  }
}
