"use client";
/** What that makes in a day and what it costs, beside the present configuration where one is compared. */
import { type ReactNode, useState } from "react";
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import { type EntryReplay, ratesOf } from "#lib/exporter/replay-result.ts";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { CURRENCIES, type Price } from "#lib/url/workshop-params.ts";
import css from "./replay-pane.module.css";
import { toldEntry } from "./told-entry.ts";

interface Props {
  readonly told: ReplayReport;
  readonly entry: number;
  readonly price: Price;
  readonly onPrice: (price: Price) => void;
}

type Cell = (entry: EntryReplay) => string;

export function ReplayRates({ told, entry, price, onPrice }: Props) {
  const { now, before, isCompared } = toldEntry(told, entry);
  if (now === undefined || told.flows === 0) return null;
  const rates = (flows: number, bytes: number) => ratesOf(flows, bytes, told.windowMs, price.amount);
  const rows: readonly (readonly [key: string, head: ReactNode, cell: Cell])[] = [
    ["rate", "Flows per second", ({ matched }) => rateText(rates(matched, 0).flowsPerSecond)],
    ["node", "Busiest node", ({ nodes: [node] }) => (node === undefined ? "—" : `${rateText(rates(node.flows, 0).flowsPerSecond)} /s`)],
    ["full", "Volume, all fields", ({ matched, bytesFull }) => formatBytes(rates(matched, bytesFull).bytesPerDay)],
    [
      "mask",
      "Volume, with mask",
      (one) => (one.bytesMasked === one.bytesFull ? "not set" : formatBytes(rates(one.matched, one.bytesMasked).bytesPerDay)),
    ],
    [
      "lines",
      "Volume, aggregated",
      ({ aggregation }) => (aggregation === undefined ? "not set" : formatBytes(rates(aggregation.lines, aggregation.bytes).bytesPerDay)),
    ],
    [
      "cost",
      <PriceField key="price" price={price} onPrice={onPrice} />,
      (one) => moneyText(rates(one.matched, writtenBytes(one)).costPerMonth, price),
    ],
  ];
  const busiest = now.nodes[0]?.node;
  return (
    <table className={css.rates}>
      <thead>
        <tr>
          <th scope="col">Per day</th>
          {isCompared && <th scope="col">As pasted</th>}
          <th scope="col">{isCompared ? "Now" : "This entry"}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, head, cell]) => (
          <tr key={key}>
            <th scope="row" title={key === "node" ? busiest : undefined}>
              {head}
            </th>
            {isCompared && <td>{before === undefined ? "—" : cell(before)}</td>}
            <td>
              <b>{cell(now)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What reaches the log: aggregated, else masked. */
function writtenBytes({ aggregation, bytesMasked }: EntryReplay): number {
  return aggregation?.bytes ?? bytesMasked;
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
