"use client";
/** The loudest sources of what matches, each with the clause that would keep it out. */
import { Button } from "#components/ui/button.tsx";
import { LogText } from "#components/ui/log-text.tsx";
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import type { NoiseSource } from "#lib/exporter/replay-result.ts";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import { withNewClause } from "./edit-config.ts";
import css from "./replay-pane.module.css";
import { toldEntry } from "./told-entry.ts";
import type { Edit } from "./use-workshop.ts";

interface Props {
  readonly told: ReplayReport;
  readonly entry: number;
  readonly onEdit: Edit;
}

const MOST = 6;

export function ReplayNoise({ told, entry, onEdit }: Props) {
  const { now } = toldEntry(told, entry);
  if (now === undefined || now.noise.length === 0) return null;
  return (
    <section className={css.noise} aria-label="Noise">
      <h3>
        Noise <small>Largest sources of what matches</small>
      </h3>
      <ul>
        {now.noise.slice(0, MOST).map((source) => (
          <Source
            key={`${source.namespace} ${source.workload} ${source.group} ${source.port}`}
            source={source}
            of={now.matched}
            onExclude={() => {
              const { exclude } = source;
              if (exclude !== undefined) onEdit((config) => withNewClause(config, entry, "exclude", exclude.clause));
            }}
          />
        ))}
      </ul>
    </section>
  );
}

function Source({ source, of, onExclude }: { readonly source: NoiseSource; readonly of: number; readonly onExclude: () => void }) {
  const { workload, namespace, group, port, flows, bytes, exclude } = source;
  const share = of > 0 ? (flows / of) * 100 : 0;
  const name = `${workload} → ${group}${port > 0 ? `:${port}` : ""}`;
  return (
    <li>
      <div className={css.source}>
        <b title={`${visibleText(namespace)}/${visibleText(name)}`}>
          <LogText text={name} most={80} />
        </b>
        <span className={css.measure}>
          <span className={css.bar} aria-hidden="true">
            <span style={{ width: `${Math.min(100, share)}%` }} />
          </span>
          {share < 1 ? "< 1" : Math.round(share)} %, {formatCount(flows)} flows
          <span className={css.bytes}>, {formatBytes(bytes)}</span>
        </span>
      </div>
      {exclude !== undefined && (
        <Button size="small" title={visibleText(exclude.label, 200)} aria-label={`Exclude ${visibleText(name, 100)}`} onClick={onExclude}>
          Exclude
        </Button>
      )}
    </li>
  );
}
