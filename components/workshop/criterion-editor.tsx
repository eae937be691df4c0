"use client";
/** The input of one criterion, in its clause: help, the release that brought it, what an agent would refuse. */
import { Button } from "#components/ui/button.tsx";
import { capital } from "#components/ui/capital.ts";
import { isAtLeast } from "#lib/exporter/config.ts";
import { CRITERIA } from "#lib/filters/criteria.ts";
import type { Criterion } from "#lib/filters/criterion.ts";
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./criterion-editor.module.css";
import { troubleOf } from "./criterion-trouble.ts";
import { type ClausePlace, withClause } from "./edit-config.ts";
import { valuesIn, withValues } from "./filter-values.ts";
import type { CiliumName } from "./inputs/input-props.ts";
import { inputOf, isCiliumName } from "./inputs/inputs.ts";
import type { Edit } from "./use-workshop.ts";
import type { WorkshopView } from "./workshop-view.ts";

interface Props {
  readonly place: ClausePlace;
  readonly clause: FlowFilter;
  readonly criterion: string;
  readonly view: WorkshopView;
  readonly onEdit: Edit;
  readonly onClose: () => void;
}

export function CriterionEditor(props: Props) {
  if (!isCiliumName(props.criterion))
    return <p className={css.help}>{visibleText(props.criterion, 60)} is no criterion that Weir can edit.</p>;
  return <Editor {...props} name={props.criterion} />;
}

function Editor<N extends CiliumName>({ place, clause, name, view, onEdit, onClose }: Props & { readonly name: N }) {
  const criterion: Criterion<N> = CRITERIA[name];
  const draw = inputOf(name);
  const label = capital(criterion.label);
  const since = criterion.origin.kind === "cilium" ? criterion.origin.since : undefined;
  const isTooNew = since !== undefined && !isAtLeast(view.target, since);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in any field of the editor closes it
    <div
      className={css.editor}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={css.head}>
        <h4>{label}</h4>
        <code>{name}</code>
        {since !== undefined && (
          <small data-new={isTooNew}>{isTooNew ? `needs ${since}, the target is ${view.target}` : `since ${since}`}</small>
        )}
      </div>
      <p className={css.help}>{criterion.help}</p>
      {draw({
        label,
        values: valuesIn(clause, name),
        troubleOf: (value) => troubleOf(criterion, value, view.target),
        onChange: (next) =>
          onEdit((config) => withClause(config, place, (filter) => withValues(filter, name, next.length === 0 ? undefined : next))),
      })}
      <div className={css.foot}>
        <Button size="small" onClick={onClose}>
          Done
        </Button>
        <Button
          size="small"
          look="plain"
          onClick={() => {
            onEdit((config) => withClause(config, place, (filter) => withValues(filter, name, undefined)));
            onClose();
          }}
        >
          Remove {criterion.label}
        </Button>
      </div>
    </div>
  );
}
