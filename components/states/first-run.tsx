/** Nothing is stored: what was checked, and the hop that is missing. */
import { IconAlertTriangle, IconCheck, IconCircleDashed } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Coverage, StoreCheck } from "#lib/questions/answer.ts";
import css from "./face.module.css";
import { Face } from "./face.tsx";

export function FirstRun({ coverage }: { readonly coverage: Coverage }) {
  if (coverage.shipped !== undefined) return <NothingShipped store={coverage.store} checks={coverage.shipped.checks} />;
  const { feeds, lines, store } = coverage;
  const read = feeds.reduce((sum, feed) => sum + feed.bytesRead, 0);
  return (
    <Face kind="first" title="No flow is stored yet.">
      <p>What Weir checked, in the order in which a flow travels:</p>
      <ul className={css.checks}>
        <Check isDone={feeds.length > 0}>
          {feeds.length > 0 ? (
            feeds.map((feed) => visibleText(feed.name, 80)).join(", ")
          ) : (
            <>
              No feed is running. Start with <code>npm start -- --file agent.log</code>, or pipe into <code>npm start -- --stdin</code>.
            </>
          )}
        </Check>
        {feeds
          .filter((feed) => feed.trouble !== "")
          .map((feed) => (
            <Check key={feed.name} isDone={false} isBroken>
              {visibleText(feed.name, 80)}: {visibleText(feed.trouble, 300)}
            </Check>
          ))}
        <Check isDone={lines.total > 0}>
          {lines.total > 0 ? `${formatCount(lines.total)} lines, ${formatBytes(read)} arrived` : "No line has arrived"}
        </Check>
        <Check isDone={false} isBroken={lines.total > 0}>
          {lines.total === 0
            ? "No flow was among them, for there was none"
            : `None of them is a flow: ${formatCount(lines.agent)} are the agent's own, ${formatCount(lines.notices)} are notices, ${formatCount(lines.rejected)} were not understood. Is the exporter switched on?`}
        </Check>
        <Check isDone>The store answers: {visibleText(store, 120)}</Check>
      </ul>
    </Face>
  );
}

/** Others fill the store: their way, door by door, and what helps at the first that is shut. */
function NothingShipped({ store, checks }: { readonly store: string; readonly checks: readonly StoreCheck[] }) {
  return (
    <Face kind="first" title="No flow has arrived yet." ways={<Link href="/coverage">All checks</Link>}>
      <p>What Weir checked in {visibleText(store, 120)}, in the order in which a flow travels:</p>
      <ul className={css.checks}>
        {checks.map(({ what, state, found, next }) => (
          <Check key={what} isDone={state === "good"} isBroken={state === "bad" || state === "doubtful"}>
            {what}: {visibleText(found, 600)}
            {next !== "" && (
              <>
                {" "}
                <b>{visibleText(next, 600)}</b>
              </>
            )}
          </Check>
        ))}
      </ul>
    </Face>
  );
}

function Check({ isDone, isBroken = false, children }: { isDone: boolean; isBroken?: boolean; children: ReactNode }) {
  const Icon = isDone ? IconCheck : isBroken ? IconAlertTriangle : IconCircleDashed;
  return (
    <li>
      <Icon className={isDone ? css.ok : css.open} size={16} stroke={1.6} aria-label={isDone ? "done" : "missing"} />
      <span>{children}</span>
    </li>
  );
}
