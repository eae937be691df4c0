/** An export as a stream of text: pages are asked for as fast as the reader takes them, up to a cap that is always stated. */
import type { Problem } from "#lib/questions/answer.ts";
import type { Field } from "./export-fields.ts";
import { csvLine } from "./spreadsheet-cell.ts";

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The page after it; undefined at the end. */
  readonly next: (() => Promise<Page<Row> | { readonly problem: Problem }>) | undefined;
}

export interface ExportPlan<Row> {
  readonly format: "csv" | "ndjson";
  readonly fields: readonly Field<Row>[];
  /** Rows at most. */
  readonly cap: number;
  readonly first: Page<Row>;
}

/**
 * The last line says so where the cap cut the rows off. A problem on the way becomes the last line too, and the stream breaks off, so that
 * no program takes half an export for a whole one.
 */
export function exportStream<Row>(plan: ExportPlan<Row>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let page: Page<Row> | undefined;
  let written = 0;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (plan.format === "csv") controller.enqueue(encoder.encode(csvLine(plan.fields.map(({ name }) => name))));
    },
    async pull(controller) {
      const next: Page<Row> | { readonly problem: Problem } | undefined = page === undefined ? plan.first : await page.next?.();
      if (next === undefined) return controller.close();
      if ("problem" in next) {
        controller.enqueue(encoder.encode(lastLine(plan.format, `${next.problem.title} This export is not whole.`, written)));
        return controller.error(new Error(next.problem.title));
      }
      page = next;
      const rows = next.rows.slice(0, plan.cap - written);
      written += rows.length;
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map((row) => rowLine(plan, row)).join("")));
      const isCut = rows.length < next.rows.length || (written === plan.cap && next.next !== undefined);
      if (isCut)
        controller.enqueue(
          encoder.encode(
            lastLine(plan.format, `Cut off at the cap of ${plan.cap} rows. Narrow the filter or the window to get the rest.`, written),
          ),
        );
      if (isCut || next.next === undefined) controller.close();
    },
  });
}

function rowLine<Row>({ format, fields }: ExportPlan<Row>, row: Row): string {
  if (format === "csv") return csvLine(fields.map(({ of }) => of(row)));
  return `${JSON.stringify(Object.fromEntries(fields.map(({ name, of }) => [name, of(row)])))}\n`;
}

function lastLine(format: "csv" | "ndjson", text: string, rows: number): string {
  return format === "csv" ? csvLine([`# ${text}`]) : `${JSON.stringify({ weir: { incomplete: text, rows } })}\n`;
}
