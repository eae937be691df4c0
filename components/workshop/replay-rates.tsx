"use client";
/** What that makes in a day and what it costs, beside the present configuration where one is compared. */
import { type ReactNode, useState } from "react";
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import { type EntryReplay, ratesOf } from "#lib/exporter/replay-result.ts";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { formatCount, formatShare } from "#lib/format/format-count.ts";
import { visibleText, withoutMiddle } from "#lib/format/visible-text.ts";
import { CURRENCIES, type Price } from "#lib/url/workshop-params.ts";
import css from "./replay-rates.module.css";
import { toldEntry } from "./told-entry.ts";

interface Props {
  readonly told: ReplayReport;
  readonly entry: number;
  readonly price: Price;
  readonly isCompared: boolean;
  readonly onPrice: (price: Price) => void;
}

/** Undefined: there is nothing of the sort on that side. */
type Cell = (side: Side) => string | undefined;

interface Side {
  readonly one: EntryReplay | undefined;
  /** The whole file. */
  readonly all: readonly EntryReplay[];
}

interface Row {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: Cell;
}

export function ReplayRates({ told, entry, price, isCompared, onPrice }: Props) {
  const sides = toldEntry(told, entry);
  const now: Side = { one: sides.now, all: told.configs.at(-1)?.entries ?? [] };
  const before: Side = { one: sides.before, all: told.configs[0]?.entries ?? [] };
  if (now.one === undefined || told.flows === 0) return null;
  const rates = (flows: number, bytes: number) => ratesOf(flows, bytes, told.windowMs, price.amount);
  const ofOne =
    (cell: (one: EntryReplay) => string | undefined): Cell =>
    (side) =>
      side.one && cell(side.one);
  const volume = (flows: number, bytes: number) => formatBytes(rates(flows, bytes).bytesPerDay);
  const cost = (bytes: number) => moneyText(rates(0, bytes).costPerMonth, price);
  const hasMore = Math.max(now.all.length, isCompared ? before.all.length : 0) > 1;
  const aggregates = [now.one, isCompared ? before.one : undefined].some((one) => one?.aggregation !== undefined);
  const busiest = now.one.nodes[0]?.node;
  const rows: readonly Row[] = [
    { key: "match", head: "Flows that match", cell: ofOne(({ matched }) => formatCount(matched)) },
    { key: "rate", head: "Flows per second", cell: ofOne(({ matched }) => rateText(rates(matched, 0).flowsPerSecond)) },
    {
      key: "node",
      head: (
        <>
          Busiest node
          {busiest !== undefined && busiest !== "" && <small title={visibleText(busiest)}>{visibleText(withoutMiddle(busiest, 26))}</small>}
        </>
      ),
      cell: ofOne(({ nodes: [node] }) => node && `${rateText(rates(node.flows, 0).flowsPerSecond)} /s`),
    },
    { key: "full", head: "Volume a day, all fields", cell: ofOne(({ matched, bytesFull }) => volume(matched, bytesFull)) },
    {
      key: "mask",
      head: "With its mask",
      cell: ofOne((one) => (one.bytesMasked === one.bytesFull ? "no mask" : volume(one.matched, one.bytesMasked))),
    },
    ...(aggregates ? AGGREGATED(volume) : []),
    { key: "cost", head: <PriceField price={price} onPrice={onPrice} />, cell: ofOne((one) => cost(writtenBytes(one))) },
    ...(hasMore
      ? [
          { key: "all", head: "All entries, a day", cell: ({ all }: Side) => volume(0, sum(all)) },
          { key: "all-cost", head: "All entries, a month", cell: ({ all }: Side) => cost(sum(all)) },
        ]
      : []),
  ];
  return (
    <table className={css.rates}>
      <thead>
        <tr>
          <th scope="col">{hasMore ? "This entry" : "What it makes"}</th>
          {isCompared && <th scope="col">Current</th>}
          <th scope="col">Candidate</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, head, cell }) => (
          <tr key={key}>
            <th scope="row">{head}</th>
            {isCompared && <td>{cell(before) ?? "—"}</td>}
            <td>
              <b>{cell(now) ?? "—"}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const AGGREGATED = (volume: (flows: number, bytes: number) => string): readonly Row[] => [
  {
    key: "lines",
    head: "Lines after aggregation",
    cell: ({ one }) => one && (one.aggregation === undefined ? "not set" : formatShare(one.aggregation.lines, one.matched)),
  },
  {
    key: "aggregated",
    head: "Volume, aggregated",
    cell: ({ one }) => one && (one.aggregation === undefined ? "not set" : volume(one.aggregation.lines, one.aggregation.bytes)),
  },
];

/** What reaches the log: aggregated, else masked. */
function writtenBytes({ aggregation, bytesMasked }: EntryReplay): number {
  return aggregation?.bytes ?? bytesMasked;
}

function sum(entries: readonly EntryReplay[]): number {
  return entries.reduce((bytes, entry) => bytes + writtenBytes(entry), 0);
}

function PriceField({ price, onPrice }: { readonly price: Price; readonly onPrice: (price: Price) => void }) {
  const [typed, setTyped] = useState(String(price.amount));
  function take(): void {
    if (/^\d{1,6}(?:\.\d{1,4})?$/.test(typed.trim())) onPrice({ ...price, amount: Number(typed) });
    else setTyped(String(price.amount));
  }
  return (
    <span className={css.price}>
      A month at{" "}
      <span>
        <input
          aria-label="Price of a gigabyte"
          inputMode="decimal"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
          }}
        />
        <select
          aria-label="Currency"
          value={price.currency}
          onChange={(event) => {
            const currency = CURRENCIES.find((one) => one === event.target.value);
            if (currency !== undefined) onPrice({ ...price, currency });
          }}
        >
          {CURRENCIES.map((currency) => (
            <option key={currency} value={currency}>
              {currency}
            </option>
          ))}
        </select>{" "}
        / GB
      </span>
    </span>
  );
}

function rateText(rate: number): string {
  if (rate > 0 && rate < 0.05) return "< 0.1";
  return rate < 100 ? (Math.round(rate * 10) / 10).toString() : Math.round(rate).toLocaleString("en-US");
}

function moneyText(amount: number, { currency }: Price): string {
  const digits = amount < 10 ? 2 : 0;
  return amount.toLocaleString("en-GB", { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
}
