/** A sibling that comes in a later batch than its partner: the stored row takes over what the pair knows better. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { mergeSibling } from "#lib/flows/sibling.ts";
import type { LateSibling } from "./batch-encoder.ts";
import { execute, select } from "./database.ts";
import type { EncoderState } from "./encoder-state.ts";
import { FRAME_HEAD, FROM_RECORD } from "./line-notes.ts";
import type { Columns } from "./read-columns.ts";
import { HIDDEN, MIXED, SESSION_COLUMNS } from "./schema.ts";

/** Runs inside the batch's transaction, `nextSession` is the next free session id; answers the one after those used. */
export async function mergeLateSiblings(
  connection: DuckDBConnection,
  state: EncoderState,
  late: readonly LateSibling[],
  nextSession: number,
): Promise<number> {
  let next = nextSession;
  for (const one of late) if (await mergeOne(connection, state, one, next)) next += 1;
  return next;
}

const COPIED = SESSION_COLUMNS.map(({ name }) => name);

async function mergeOne(connection: DuckDBConnection, state: EncoderState, late: LateSibling, id: number): Promise<boolean> {
  const { lexicon } = state;
  const row = { ts: late.stored.time, hi: late.stored.hi, lo: late.stored.lo };
  const found = await select(
    connection,
    `SELECT s.id, s.place, s.event, s.policies, s.frame, s.flows FROM flows f JOIN sessions s ON s.id = f.session
     WHERE f.ts = $ts AND f.hi = $hi AND f.lo = $lo AND s.kind <> ${HIDDEN} LIMIT 1`,
    row,
  );
  if (found.count === 0) return false;
  const [old, placeId, eventId, policiesId, frame, flows] = [0, 1, 2, 3, 4, 5].map((index) => first(found, index));
  const place = lexicon.places[placeId ?? 0];
  const event = lexicon.events[eventId ?? 0];
  const policies = lexicon.policies[policiesId ?? 0];
  const record = lexicon.endpoints[place?.endpoint ?? 0]?.record;
  if (!place || !event || !policies || !record) throw new Error("a stored flow names a dictionary entry that is not here");
  const shown = {
    ...late.flow,
    eventType: event.eventType,
    destination: record,
    destinationNames: place.names,
    deniedBy: policies.deniedBy,
    policyLog: policies.log,
  };
  const merged = mergeSibling(shown, late.flow);
  const none = (): number => 0;
  const newPlace = lexicon.placeOf(lexicon.endpointOf(merged.destination, none), place.ip, merged.destinationNames, none);
  const newPolicies = lexicon.policiesOf(merged.deniedBy, merged.policyLog, none);
  if (newPlace === placeId && newPolicies === policiesId) return false;

  const values = {
    id,
    old: old ?? 0,
    place: newPlace,
    policies: newPolicies,
    frame: ownTexts(state, frame ?? 0, place.endpoint, place.text, policies.text),
    grp: lexicon.groups.idOf(lexicon.places[newPlace]?.group ?? ""),
    ...row,
  };
  const overrides = new Map([
    ["id", "$id"],
    ["place", "$place"],
    ["policies", "$policies"],
    ["frame", "$frame"],
    ["grp", "$grp"],
    ["first", "$ts"],
    ["last", "$ts"],
    ["flows", "1"],
    ["packets", "(SELECT packets FROM flows WHERE ts = $ts AND hi = $hi AND lo = $lo LIMIT 1)"],
    ["kind", String(MIXED)],
    ["back", "0"],
  ]);
  const list = COPIED.map((name) => overrides.get(name) ?? `"${name}"`).join(", ");
  await execute(connection, `INSERT INTO sessions SELECT ${list} FROM sessions WHERE id = $old LIMIT 1`, values);
  await execute(connection, "UPDATE flows SET session = $id WHERE ts = $ts AND hi = $hi AND lo = $lo", { id, ...row });
  if (flows === 1) await execute(connection, "DELETE FROM sessions WHERE id = $old", { old: values.old });
  else await execute(connection, SHRINK, { old: values.old });
  await execute(
    connection,
    `UPDATE sessions SET kind = ${MIXED}, back = 0 WHERE attempt = (SELECT attempt FROM sessions WHERE id = $id) AND kind <> ${HIDDEN}`,
    { id },
  );
  const { flow } = late;
  const { addresses } = lexicon;
  const [source, destination] = [addresses.idOf(flow.sourceIp), addresses.idOf(flow.destinationIp)];
  state.attempts.markMixed(
    state.attempts.placeOf(source, destination, flow.sourcePort, flow.destinationPort, state.protocols.idOf(flow.protocol)),
  );
  return true;
}

const SHRINK = `UPDATE sessions SET first = r.first, last = r.last, flows = r.flows, packets = r.packets FROM (
  SELECT min(ts) AS first, max(ts) AS last, count(*)::UINTEGER AS flows, sum(packets)::BIGINT AS packets FROM flows WHERE session = $old
) r WHERE sessions.id = $old`;

/** The line keeps its own texts where the record now tells another destination or other policies. */
function ownTexts(state: EncoderState, frameId: number, endpoint: number, names: number, policies: number): number {
  const { lexicon } = state;
  const frame = [...lexicon.frames.at(frameId)];
  const kinds = lexicon.shapes[frame[0] ?? 0]?.kinds ?? [];
  for (const [hole, kind] of kinds.entries()) {
    const own = kind === "destination" ? lexicon.endpoints[endpoint]?.text : kind === "names" ? names : kind === "policies" ? policies : 0;
    if (own !== undefined && own !== 0 && frame[FRAME_HEAD + hole] === FROM_RECORD) frame[FRAME_HEAD + hole] = own;
  }
  return lexicon.frames.idOf(Int32Array.from(frame), frame.length);
}

function first(columns: Columns, index: number): number {
  return columns.ints(index)[0] ?? 0;
}
