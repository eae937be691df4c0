/** The policy behind it, and on a ladder of four how well it is known. */
import { LogText } from "#components/ui/log-text.tsx";
import { type LadderStep, policyKnowledge } from "#lib/flows/explain.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { FlowDetail } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { valueLinks } from "./filter-links.ts";
import css from "./flow-panel.module.css";
import { PanelSection } from "./panel-section.tsx";
import { ValueLink } from "./value-link.tsx";

const STEPS: readonly (readonly [LadderStep, string])[] = [
  ["unknown", "Unknown"],
  ["candidate", "Candidate"],
  ["implied", "Implied"],
  ["recorded", "Recorded"],
];

export function PolicyPart({ detail, search }: { readonly detail: FlowDetail; readonly search: Search }) {
  const { row, deniedBy, policyLog } = detail;
  const knowledge = policyKnowledge(
    row,
    deniedBy.map((policy) => policy.name),
  );
  return (
    <PanelSection title="Policy">
      {deniedBy.map(({ name, namespace, kind }) => {
        const value = namespace === "" ? name : `${namespace}/${name}`;
        return (
          <div key={value} className={css.policy}>
            <ValueLink links={valueLinks(search, "policy", value)} what={`policy ${visibleText(value)}`} className={css.strong}>
              <LogText text={value} />
            </ValueLink>{" "}
            <span className={css.light}>
              <LogText text={kind} />
            </span>
          </div>
        );
      })}
      <ol className={css.ladder} aria-label="How well the policy is known">
        {STEPS.map(([step, word]) => (
          <li key={step} aria-current={step === knowledge.step ? "step" : undefined}>
            {word}
          </li>
        ))}
      </ol>
      <p className={css.small}>{visibleText(knowledge.sentence, 1200)}</p>
      {policyLog.length > 0 && (
        <p className={css.small}>
          The policy's own words: <LogText text={policyLog.join(" · ")} most={600} />
        </p>
      )}
    </PanelSection>
  );
}
