/** What Weir says on the terminal: the opening lines, and how far the feeds are. */
import type { FeedReport } from "#lib/questions/answer.ts";
import type { Config } from "./config.ts";
import { isLoopback } from "./config.ts";

export interface Opening {
  readonly version: string;
  readonly address: string;
  readonly store: string;
  readonly feeds: readonly string[];
  readonly config: Pick<Config, "host" | "demo" | "dataDir" | "adx">;
}

export function openingText(opening: Opening): string {
  const { config } = opening;
  const inAdx = "none; flows come to the cluster by themselves";
  const none = config.adx !== undefined ? inAdx : config.demo === undefined ? `none; shows what ${config.dataDir} holds` : "none";
  const rows = [
    ["address", opening.address],
    ["store", opening.store],
    ["feeds", opening.feeds.length === 0 ? none : opening.feeds.map(visible).join(", ")],
    [
      "sign-in",
      isLoopback(config.host) ? "none, this machine only" : "NONE: whoever reaches this address reads every flow (--allow-anonymous)",
    ],
  ];
  return `\n  Weir ${opening.version}\n\n${rows.map(([name = "", value = ""]) => `  ${name.padEnd(9)}${value}`).join("\n")}\n`;
}

/** `agent.log  ███████░░░░░░░░░░░░░ 34 %, 1.10 GB of 3.10 GB, 132,000 flows/s, 14 s left` */
export function progressText(report: FeedReport): string {
  const parts = [
    report.bytesTotal > 0 ? bar(Math.min(1, report.bytesRead / report.bytesTotal)) : "",
    report.bytesTotal > 0 ? `${size(report.bytesRead)} of ${size(report.bytesTotal)}` : size(report.bytesRead),
    report.flowsPerSecond > 0 ? `${Math.round(report.flowsPerSecond).toLocaleString("en-US")} flows/s` : "",
    report.secondsLeft === undefined ? "" : `${Math.ceil(report.secondsLeft)} s left`,
  ];
  return `${visible(report.name)}  ${parts.filter((part) => part !== "").join(", ")}`;
}

const CELLS = 20;

function bar(share: number): string {
  const full = Math.floor(share * CELLS);
  return `${"█".repeat(full)}${"░".repeat(CELLS - full)} ${Math.floor(share * 100)} %`;
}

/** How a feed ended, in one line. */
export function endText(report: FeedReport): string {
  const trouble = report.trouble === "" ? "" : `: ${visible(report.trouble)}`;
  const word = { waiting: "waiting", reading: "reading", following: "following", done: "read", failed: "failed", stopped: "stopped" }[
    report.state
  ];
  return `${visible(report.name)}  ${word}, ${size(report.bytesRead)}${trouble}`;
}

/** What is wrong with a feed that goes on nevertheless. */
export function troubleText(report: FeedReport): string {
  return `${visible(report.name)}  ${visible(report.trouble)}`;
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(0)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

/** File names and log text may carry terminal escapes. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
