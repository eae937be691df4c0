"use client";
/** The labels of both ends; each filters by a click where a selector can say it. */
import { useState } from "react";
import type { TextCriterion } from "#lib/filters/edit-filter.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { FlowDetail } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { valueLinks } from "./filter-links.ts";
import { labelSelectorOf, labelsInOrder, shortLabel } from "./label-selector-of.ts";
import css from "./labels-part.module.css";
import { PanelSection } from "./panel-section.tsx";
import { ValueLink } from "./value-link.tsx";

const SHOWN = 3;

export function LabelsPart({ detail, search }: { readonly detail: FlowDetail; readonly search: Search }) {
  const { sourceLabels, destinationLabels } = detail;
  if (sourceLabels.length + destinationLabels.length === 0) return null;
  return (
    <PanelSection title="Labels" note="Click to filter, Alt-click to exclude">
      <LabelList of="Sender" criterion="source_label" labels={sourceLabels} search={search} />
      <LabelList of="Destination" criterion="destination_label" labels={destinationLabels} search={search} />
    </PanelSection>
  );
}

interface ListProps {
  readonly of: string;
  readonly criterion: TextCriterion;
  readonly labels: readonly string[];
  readonly search: Search;
}

function LabelList({ of, criterion, labels, search }: ListProps) {
  const [isWhole, setWhole] = useState(false);
  if (labels.length === 0) return null;
  const ordered = labelsInOrder([...new Set(labels)]);
  const shown = isWhole ? ordered : ordered.slice(0, SHOWN);
  const more = ordered.length - shown.length;
  return (
    <ul className={css.labels} aria-label={`Labels of the ${of.toLowerCase()}`}>
      {shown.map((label) => {
        const selector = labelSelectorOf(label);
        const text = visibleText(shortLabel(label), 160);
        return (
          <li key={label}>
            {selector === undefined ? (
              <span className={css.label} title="No label selector can say this one">
                <bdi>{text}</bdi>
              </span>
            ) : (
              <ValueLink links={valueLinks(search, criterion, selector)} what={`label ${visibleText(label)}`} className={css.label}>
                <bdi>{text}</bdi>
              </ValueLink>
            )}
          </li>
        );
      })}
      {(more > 0 || isWhole) && ordered.length > SHOWN && (
        <li>
          <button type="button" className={css.more} onClick={() => setWhole(!isWhole)}>
            {isWhole ? "fewer" : `${more} more`}
          </button>
        </li>
      )}
    </ul>
  );
}
