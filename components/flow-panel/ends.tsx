/** Sender and destination side by side. */
import { IconArrowRight } from "@tabler/icons-react";
import { LogText } from "#components/ui/log-text.tsx";
import type { DestinationGroupKind } from "#lib/flows/destination.ts";
import { addressNote, entityNote } from "#lib/format/address-note.ts";
import { formatAddress } from "#lib/format/format-address.ts";
import { portName } from "#lib/format/port-name.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { valueLinks } from "./filter-links.ts";
import css from "./flow-panel.module.css";
import { ValueLink } from "./value-link.tsx";

const KINDS: { readonly [K in DestinationGroupKind]: string } = {
  cidrgroup: "CIDR group",
  cidr: "policy CIDR",
  fqdn: "DNS name",
  workload: "workload",
  reserved: "entity",
  none: "",
};

export function Ends({ row, search }: { readonly row: FlowRow; readonly search: Search }) {
  return (
    <div className={css.ends}>
      <Sender row={row} search={search} />
      <IconArrowRight size={16} stroke={1.5} className={css.arrow} aria-label="to" />
      <Destination row={row} search={search} />
    </div>
  );
}

function Sender({ row, search }: { readonly row: FlowRow; readonly search: Search }) {
  const workload = row.workload.slice(row.workload.indexOf("/") + 1);
  const isPodOfWorkload = row.podName !== "" && row.workload !== row.pod;
  return (
    <div className={css.end}>
      <div className={css.endHead}>Sender</div>
      <div className={css.endName}>
        <ValueLink
          links={valueLinks(search, "workload", row.workload)}
          what={`workload ${visibleText(row.workload)}`}
          className={css.strong}
        >
          <LogText text={workload} />
        </ValueLink>
        {row.namespace !== "" && (
          <ValueLink
            links={valueLinks(search, "namespace", row.namespace)}
            what={`namespace ${visibleText(row.namespace)}`}
            className={css.light}
          >
            <LogText text={row.namespace} />
          </ValueLink>
        )}
      </div>
      {isPodOfWorkload && (
        <div className={css.endLine}>
          <ValueLink links={valueLinks(search, "pod", row.pod)} what={`pod ${visibleText(row.pod)}`} className={css.plain}>
            <LogText text={row.podName} />
          </ValueLink>
        </div>
      )}
      <div className={css.endAddress}>{visibleText(formatAddress(row.sourceIp, row.sourcePort))}</div>
    </div>
  );
}

function Destination({ row, search }: { readonly row: FlowRow; readonly search: Search }) {
  const note = addressNote(row.destinationIp) ?? (row.groupKind === "reserved" ? entityNote(row.group) : undefined);
  const others = row.alsoIn.filter((name) => !/^world(?:-ipv[46])?$/.test(name));
  const usual = row.destinationPort === null ? "" : portName(row.destinationPort, row.protocol);
  return (
    <div className={css.end}>
      <div className={css.endHead}>Destination</div>
      <div className={css.endName}>
        <ValueLink links={valueLinks(search, "group", row.group)} what={`group ${visibleText(row.group) || "none"}`} className={css.strong}>
          <LogText text={row.group === "" ? "no group" : row.group} />
        </ValueLink>
        <span className={css.light}>{KINDS[row.groupKind]}</span>
      </div>
      <div className={css.endAddress}>
        <ValueLink
          links={valueLinks(search, "ip", row.destinationIp)}
          what={`address ${visibleText(row.destinationIp)}`}
          className={css.address}
        >
          {visibleText(formatAddress(row.destinationIp, row.destinationPort))}
        </ValueLink>
      </div>
      <div className={css.endNote}>{[visibleText(row.protocol), usual].filter(Boolean).join(" · ")}</div>
      {row.names.length > 0 && (
        <div className={css.endNote}>
          <ValueLink
            links={valueLinks(search, "name", row.names[0] ?? "")}
            what={`name ${visibleText(row.names[0] ?? "")}`}
            className={css.plain}
          >
            <LogText text={row.names.join(", ")} />
          </ValueLink>
        </div>
      )}
      {others.length > 0 && (
        <div className={css.endNote}>
          also in <LogText text={others.join(", ")} />
        </div>
      )}
      {note !== undefined && (
        <div className={css.endNote} title={note.detail}>
          {note.name}
        </div>
      )}
    </div>
  );
}
