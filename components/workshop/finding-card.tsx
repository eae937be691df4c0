/** One finding: what will happen, where, why, and a button named by what it brings. */
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { CSSProperties, Ref } from "react";
import { Button } from "#components/ui/button.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./finding-card.module.css";
import { SEVERITY_WORDS, type ShownFinding, TONES, type Tone } from "./shown-finding.ts";

const ICONS: { readonly [T in Tone]: typeof IconAlertCircle } = { bad: IconAlertCircle, warn: IconAlertTriangle, hint: IconInfoCircle };

interface Props {
  readonly finding: ShownFinding;
  readonly onFix: (finding: ShownFinding) => void;
  readonly style?: CSSProperties;
  readonly ref?: Ref<HTMLLIElement>;
}

export function FindingCard({ finding, onFix, style, ref }: Props) {
  const { severity, title, explanation, place, fix } = finding;
  const Icon = ICONS[TONES[severity]];
  return (
    <li ref={ref} className={css.card} style={style} data-tone={TONES[severity]} data-kind={finding.kind}>
      <div className={css.head}>
        <Icon size={14} stroke={1.7} aria-hidden="true" />
        <VisuallyHidden>{SEVERITY_WORDS[severity]}: </VisuallyHidden>
        <b>{visibleText(title, 160)}</b>
        {place.text && (
          <small title={`Line ${place.text.line}, column ${place.text.column}`}>
            line {place.text.line}:{place.text.column}
          </small>
        )}
      </div>
      <p>{visibleText(explanation, 700)}</p>
      {fix !== undefined && (
        <Button size="small" onClick={() => onFix(finding)}>
          {visibleText(fix, 80)}
        </Button>
      )}
    </li>
  );
}
