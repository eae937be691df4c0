/** The totals strip: how much, compared with the window before, how widely, and why. */
import Link from "next/link";
import { questionOf } from "#components/ranked-panel/question-of.ts";
import { Figure } from "#components/ui/figure.tsx";
import { formatChange, isBigChange } from "#lib/format/format-change.ts";
import { formatCount } from "#lib/format/format-count.ts";
import type { Summary } from "#lib/questions/answer.ts";
import type { Unavailable } from "#lib/questions/unavailable.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import css from "./totals.module.css";
import { Why } from "./why.tsx";

interface Props {
  readonly summary: Summary;
  readonly search: Search;
  /** Length of the window, short: `24 h`. */
  readonly span: string;
  /** What is not told is not counted as none. */
  readonly unavailable?: Unavailable | undefined;
}

export function Totals({ summary, search, span, unavailable = {} }: Props) {
  const { attempts, packets, senders, destinations, before } = summary;
  return (
    <section className={css.strip} aria-label="Totals">
      <Figure title="Attempts" value={formatCount(attempts)}>
        <Change now={attempts} was={before?.attempts} span={span} />
      </Figure>
      <Figure title="Packets" value={formatCount(packets)}>
        <Change now={packets} was={before?.packets} span={span} />
      </Figure>
      <Figure title="Senders" value={formatCount(senders.workloads)} unit={senders.workloads === 1 ? "workload" : "workloads"}>
        {unavailable.pod === undefined ? counted(senders.pods, "pod", "pods") : "pods not told"}
        <Fresh
          count={senders.fresh}
          href={hrefOf("/groups", { ...questionOf(search), by: ["workload"], order: "first", descending: true })}
        />
      </Figure>
      <Figure title="Destinations" value={formatCount(destinations.groups)} unit={destinations.groups === 1 ? "group" : "groups"}>
        {unavailable.ip === undefined ? counted(destinations.addresses, "address", "addresses") : "addresses not told"}
        <Fresh
          count={destinations.fresh}
          href={hrefOf("/groups", { ...questionOf(search), by: ["group"], order: "first", descending: true })}
        />
      </Figure>
      <Why summary={summary} search={search} />
    </section>
  );
}

function Change({ now, was, span }: { now: number; was: number | undefined; span: string }) {
  if (was === undefined) return <>nothing stored from before</>;
  const change = formatChange(now, was);
  return (
    <>
      {isBigChange(now, was) ? <b>{change}</b> : change} the {span} before, {formatCount(was)}
    </>
  );
}

function Fresh({ count, href }: { count: number; href: string }) {
  if (count === 0) return null;
  return (
    <>
      {" · "}
      <Link href={href} prefetch={false} className={css.fresh}>
        {formatCount(count)} new
      </Link>
    </>
  );
}

function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
