/** Above the list: how many rows wait, or were left out, and the way to see them. */
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import css from "./live-pill.module.css";

interface Props {
  readonly held: number;
  readonly missed: number;
  readonly onShow: () => void;
  /** Reads the list from the store again. */
  readonly onReload: () => void;
}

export function LivePill({ held, missed, onShow, onReload }: Props) {
  if (held === 0 && missed === 0) return null;
  return (
    <div className={css.pill} role="status">
      {held > 0 && (
        <Button size="small" onClick={onShow}>
          {formatCount(held)} new
        </Button>
      )}
      {missed > 0 && (
        <>
          <span>{missed === 1 ? "1 flow is" : `${formatCount(missed)} flows are`} not shown: they came too fast.</span>
          <Button size="small" onClick={onReload}>
            Read them
          </Button>
        </>
      )}
    </div>
  );
}
