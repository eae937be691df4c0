/** The filter as chips with the links that change it: worked out on the server, so that a chip needs no script to go away. */
import { chipsOf, withoutChip } from "#lib/filters/chips.ts";
import type { CriterionName } from "#lib/filters/criterion.ts";
import { choiceOf, isTextCriterion, type TextCriterion, withExcluded, withIncluded, without } from "#lib/filters/edit-filter.ts";
import type { Clause, Filter } from "#lib/filters/filter.ts";
import type { Reason } from "#lib/flows/reason.ts";
import { isReason } from "#lib/flows/reason-words.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

export interface ChipValue {
  readonly text: string;
  readonly reason: Reason | undefined;
  /** Without this value alone; undefined where only the whole chip can go. */
  readonly removeHref: string | undefined;
}

export interface ChipModel {
  readonly id: string;
  /** "namespace", "not in namespace"; empty for a whole clause. */
  readonly label: string;
  readonly isExclude: boolean;
  readonly values: readonly ChipValue[];
  readonly removeHref: string;
  /** The same values on the other side: "Exclude instead". */
  readonly flipHref: string | undefined;
  /** The criterion, where values can be added to it by text. */
  readonly criterion: TextCriterion | undefined;
}

/** Criteria of a place one is in take "not in", the others "not". */
const PLACES: ReadonlySet<string> = new Set(["namespace", "cluster", "group", "cidr"]);

export function chipModels(path: string, search: Search): readonly ChipModel[] {
  const to = (filter: Filter): string => hrefOf(path, { ...search, filter });
  const { filter } = search;
  const chips = chipsOf(filter).map((chip): ChipModel => {
    const isExclude = chip.list === "exclude";
    const base = { id: `${chip.list}${chip.clause}`, isExclude, removeHref: to(withoutChip(filter, chip)) };
    if (chip.kind === "clause") {
      const text = visibleText(chip.text, 160);
      const values = [{ text, reason: undefined, removeHref: undefined }];
      return { ...base, label: isExclude ? "not" : "", values, flipHref: undefined, criterion: undefined };
    }
    const criterion = isTextCriterion(chip.criterion) ? chip.criterion : undefined;
    const raw = criterion === undefined ? [] : rawValues(filter[chip.list][chip.clause], criterion);
    return {
      ...base,
      id: `${base.id}${chip.criterion}`,
      label: labelOf(chip.criterion, chip.label, isExclude),
      values: chip.values.map((text, index) => chipValue(text, raw[index], criterion, filter, to)),
      flipHref: criterion === undefined ? undefined : to(flipped(filter, criterion, raw, isExclude)),
      criterion,
    };
  });
  return search.text === "" ? chips : [...chips, textChip(path, search)];
}

function chipValue(
  text: string,
  raw: string | undefined,
  criterion: TextCriterion | undefined,
  filter: Filter,
  to: (filter: Filter) => string,
): ChipValue {
  const canGo = criterion !== undefined && raw !== undefined && choiceOf(filter, criterion, raw) !== "open";
  return {
    text: visibleText(text, 120),
    reason: criterion === "reason" && raw !== undefined && isReason(raw) ? raw : undefined,
    removeHref: canGo ? to(without(filter, criterion, raw)) : undefined,
  };
}

function textChip(path: string, search: Search): ChipModel {
  return {
    id: "text",
    label: "name contains",
    isExclude: false,
    values: [{ text: `“${visibleText(search.text, 120)}”`, reason: undefined, removeHref: undefined }],
    removeHref: hrefOf(path, { ...search, text: "" }),
    flipHref: undefined,
    criterion: undefined,
  };
}

function labelOf(criterion: CriterionName, label: string, isExclude: boolean): string {
  if (!isExclude) return label;
  return PLACES.has(criterion) ? `not in ${label}` : `not ${label}`;
}

function flipped(filter: Filter, criterion: TextCriterion, values: readonly string[], isExclude: boolean): Filter {
  const add = isExclude ? withIncluded : withExcluded;
  return values.reduce((changed, value) => add(changed, criterion, value), filter);
}

function rawValues(clause: Clause | undefined, criterion: TextCriterion): readonly string[] {
  return clause?.[criterion] ?? [];
}
