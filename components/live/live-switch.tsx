/** Turns the live view on and off, and says in a word how it is. A link, so that it works as one. */
import Link from "next/link";
import { hrefOf, type Search } from "#lib/url/search.ts";
import css from "./live-switch.module.css";
import type { LiveState } from "./use-live-stream.ts";

interface Props {
  readonly path: string;
  readonly search: Search;
  readonly state: LiveState;
  /** Rows wait because somebody reads further down. */
  readonly isPaused?: boolean;
  /** How old the newest flow is that came, in seconds, where that is more than it should be; 0 = it is not. */
  readonly behind?: number;
}

export function LiveSwitch({ path, search, state, isPaused = false, behind = 0 }: Props) {
  const isOn = search.live;
  const words = wordsOf(isOn ? state : "off", isPaused, behind);
  return (
    <Link
      className={css.switch}
      href={liveHref(path, search)}
      prefetch={false}
      scroll={false}
      replace
      role="switch"
      aria-checked={isOn}
      data-state={isOn ? state : "off"}
      data-paused={(isOn && isPaused) || undefined}
      title={isOn ? "Stop showing new flows by themselves" : "Show new flows by themselves"}
    >
      <i aria-hidden="true" />
      <span>Live</span>
      {words !== "" && <small aria-live="polite">{words}</small>}
    </Link>
  );
}

/** A window that ends in the past has nothing new: it gives way to the last hour. */
export function liveHref(path: string, search: Search): string {
  if (search.live) return hrefOf(path, { ...search, live: false });
  const isOpen = search.window === undefined || search.window.to === "now";
  return hrefOf(path, { ...search, live: true, window: isOpen ? search.window : { from: "now-1h", to: "now" } });
}

function wordsOf(state: LiveState, isPaused: boolean, behind: number): string {
  if (state === "off") return "";
  if (state === "connecting") return "connecting";
  if (state === "reconnecting") return "reconnecting";
  if (isPaused) return "paused";
  return behind > 0 ? `behind by ${behind} s` : "on";
}
