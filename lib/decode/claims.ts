/** Tells whether text that is no readable JSON claims to be a flow (or another Hubble event), so that it counts as a reject. */

// Every repetition is bounded, so that hostile text costs linear time.
const EVENT_KEY = /"(?:flow|lost_events|agent_event|debug_event|node_status)\\{0,7}"\s{0,8}:\s{0,8}\{/;
const FLOW_KEYS =
  /"(verdict|IP|l4|event_type|traffic_direction|drop_reason|drop_reason_desc|ethernet|node_labels|destination_names|is_reply|node_name|Summary)\\{0,7}"\s{0,8}:/g;
const DENIED_BY = /"(?:egress|ingress)_denied_by\\{0,7}"\s{0,8}:\s{0,8}\[/;
const IDENTITY = /"identity\\{0,7}"\s{0,8}:\s{0,8}\d/;
const LABELS = /"labels\\{0,7}"\s{0,8}:\s{0,8}\[/;

const EVENT_STARTS = ['{"flow":{', '{"lost_events":{', '{"agent_event":{', '{"debug_event":{', '{"node_status":{'];
const EVENT_HEADS = EVENT_STARTS.map((start) => start.slice(0, -2));

/** One word of a flow may stand in any text; two of its keys, an endpoint or a policy list may not. */
export function claimsEvent(text: string): boolean {
  if (!text.includes('":') && !/"\s{1,8}:/.test(text)) return startsLikeEvent(text);
  if (EVENT_KEY.test(text) || startsLikeEvent(text)) return true;
  return hasTwoFlowKeys(text) || DENIED_BY.test(text) || (IDENTITY.test(text) && LABELS.test(text));
}

/** Cut so early that only the beginning of the first key is there; `{"` alone could be anything. */
function startsLikeEvent(text: string): boolean {
  if (EVENT_HEADS.some((head) => text.startsWith(head))) return true;
  return text.length > 2 && text.length < 18 && EVENT_STARTS.some((start) => start.startsWith(text));
}

function hasTwoFlowKeys(text: string): boolean {
  let first = "";
  for (const [, key = ""] of text.matchAll(FLOW_KEYS)) {
    if (first !== "" && key !== first) return true;
    first = key;
  }
  return false;
}
