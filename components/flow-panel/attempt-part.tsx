/** The packets of the attempt on a time line; the open one is ringed. */
import type { FlowDetail } from "#lib/questions/answer.ts";
import css from "./flow-panel.module.css";
import { lengthWords, packetLine, packetWords } from "./packet-line.ts";
import { PanelSection } from "./panel-section.tsx";

const WIDTH = 448;
const RADIUS = 4;
const MIDDLE = 8;

export function AttemptPart({ detail }: { readonly detail: FlowDetail }) {
  const { row, attempt } = detail;
  const { dots, length } = packetLine(attempt);
  if (dots.length === 0) return null;
  const words = packetWords(attempt, row.protocol);
  const first = row.protocol === "TCP" ? "first SYN" : "first packet";
  return (
    <PanelSection title="Attempt" note={words}>
      {dots.length > 1 && (
        <>
          <svg
            viewBox={`0 0 ${WIDTH} ${2 * MIDDLE}`}
            width="100%"
            height={2 * MIDDLE}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${dots.length} packets over ${lengthWords(length).slice(1)}`}
          >
            <path d={`M0 ${MIDDLE}H${WIDTH}`} stroke="var(--line-2)" />
            {dots.map((dot) => (
              <circle
                key={dot.id}
                cx={RADIUS + 1 + dot.place * (WIDTH - 2 * RADIUS - 2)}
                cy={MIDDLE}
                r={RADIUS}
                className={css.dot}
                data-reason={row.reason}
                data-open={dot.id === row.id || undefined}
              >
                <title>{dot.time}</title>
              </circle>
            ))}
          </svg>
          <div className={css.axis}>
            <span>{first}</span>
            <span>{lengthWords(length)}</span>
          </div>
        </>
      )}
    </PanelSection>
  );
}
