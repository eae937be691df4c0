"use client";
/** What stands in each cell of the flow list. */
import type { ReactNode } from "react";
import { capital } from "#components/ui/capital.ts";
import { ReasonMark } from "#components/ui/reason-mark.tsx";
import { REASON_WORDS } from "#lib/flows/reason-words.ts";
import { addressNote } from "#lib/format/address-note.ts";
import { formatAddress } from "#lib/format/format-address.ts";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import { portName } from "#lib/format/port-name.ts";
import { visibleText, withoutMiddle } from "#lib/format/visible-text.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import { CellValue, LongAddress, LongName } from "./cell-value.tsx";
import type { FlowColumnId } from "./column-list.ts";
import css from "./flow-table.module.css";
import { FlowTime } from "./flow-time.tsx";

const LONGEST_NODE = 26;
const EVENTS: ReadonlyMap<number, string> = new Map([
  [1, "drop"],
  [5, "policy verdict"],
  [129, "L7"],
]);

export const CELLS: { readonly [Id in FlowColumnId]: (flow: FlowRow) => ReactNode } = {
  time: (flow) => <FlowTime time={flow.time} />,
  sender: (flow) => (
    <>
      <CellValue criterion="pod" value={flow.pod} className={css.name}>
        <LongName name={visibleText(flow.podName || flow.pod)} />
      </CellValue>
      {flow.podName !== "" && flow.namespace !== "" && (
        <CellValue criterion="namespace" value={flow.namespace} className={css.detail}>
          {visibleText(flow.namespace)}
        </CellValue>
      )}
    </>
  ),
  destination: (flow) => (
    <>
      <CellValue criterion="ip" value={flow.destinationIp} className={css.address}>
        <LongAddress address={visibleText(formatAddress(flow.destinationIp, flow.destinationPort)) || UNKNOWN} />
      </CellValue>
      <CellValue criterion="group" value={flow.group} className={css.detail}>
        {destinationDetail(flow)}
      </CellValue>
    </>
  ),
  reason: (flow) => (
    <CellValue criterion="reason" value={flow.reason} className={css.reason} icon={<ReasonMark reason={flow.reason} />}>
      {capital(REASON_WORDS[flow.reason].short)}
    </CellValue>
  ),
  packets: (flow) => <span className={css.count}>{formatCount(flow.packets)}</span>,
  workload: (flow) => plain("workload", flow.workload),
  namespace: (flow) => plain("namespace", flow.namespace),
  source: (flow) => (
    <CellValue criterion="source_ip" value={flow.sourceIp} className={css.address}>
      <LongAddress address={visibleText(formatAddress(flow.sourceIp, flow.sourcePort)) || UNKNOWN} />
    </CellValue>
  ),
  group: (flow) => plain("group", flow.group),
  name: (flow) => plain("name", flow.names[0] ?? ""),
  port: (flow) => (
    <CellValue criterion="port" value={flow.destinationPort === null ? "" : String(flow.destinationPort)}>
      {flow.destinationPort ?? UNKNOWN}
      {flow.destinationPort !== null && <span className={css.detail}> {portName(flow.destinationPort, flow.protocol)}</span>}
    </CellValue>
  ),
  protocol: (flow) => plain("protocol", flow.protocol),
  policy: (flow) => plain("policy", flow.policies[0] ?? ""),
  node: (flow) => (
    <CellValue criterion="node" value={flow.node}>
      {withoutMiddle(visibleText(flow.node.slice(flow.node.indexOf("/") + 1)), LONGEST_NODE) || UNKNOWN}
    </CellValue>
  ),
  code: (flow) => (
    <span className={css.address}>{flow.dropReason === 0 ? UNKNOWN : visibleText(`${flow.dropReason} ${flow.dropReasonName}`)}</span>
  ),
  event: (flow) => EVENTS.get(flow.eventType) ?? (flow.eventType < 0 ? UNKNOWN : String(flow.eventType)),
};

function plain(criterion: "workload" | "namespace" | "group" | "name" | "protocol" | "policy", value: string): ReactNode {
  return (
    <CellValue criterion={criterion} value={value}>
      {visibleText(value) || UNKNOWN}
    </CellValue>
  );
}

/** The group, or the name where the group says only "outside"; what a well-known address is for, where there is no better word. */
function destinationDetail(flow: FlowRow): string {
  const [name] = flow.names;
  if (flow.groupKind === "reserved" || flow.groupKind === "none") {
    const note = addressNote(flow.destinationIp)?.name;
    if (name !== undefined || note !== undefined) return visibleText(name ?? note ?? "");
  }
  return visibleText(flow.group);
}
