/** Gives what flows share its numbers: equal things once, as long as one dictionary lasts. */
import type { Endpoint, LineShape, Policy } from "./flow.ts";
import type { FlowConstants, FlowDictionary } from "./flow-columns.ts";
import type { FlowDetail } from "./flow-detail.ts";

export class DictionaryWriter implements FlowDictionary {
  readonly texts: string[] = ["", ""];
  readonly lists: (readonly string[])[] = [[]];
  readonly endpoints: Endpoint[] = [];
  readonly policies: (readonly Policy[])[] = [[]];
  readonly details: FlowDetail[] = [];
  readonly constants: FlowConstants[] = [];
  readonly shapes: LineShape[] = [];
  /** Chars of all texts. */
  chars = 0;
  private readonly textIds = new Map<string, number>([["", 1]]);
  private readonly objectIds = new Map<object, number>();
  private readonly keyIds = new Map<string, number>();

  /** Entries in all. */
  get size(): number {
    return this.texts.length + this.objectIds.size + this.keyIds.size;
  }

  /** `text` is kept as it is: a slice of a line must be detached before. */
  text(text: string): number {
    const known = this.textIds.get(text);
    if (known !== undefined) return known;
    this.chars += text.length;
    this.textIds.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  /** The same for who knows that it was not met before, or remembers the number himself. */
  newText(text: string): number {
    this.chars += text.length;
    return this.texts.push(text) - 1;
  }

  endpoint(endpoint: Endpoint): number {
    return this.known(endpoint, () => this.endpoints.push(endpoint) - 1);
  }

  list(list: readonly string[]): number {
    if (list.length === 0) return 0;
    return this.keyed("list", list, () => this.lists.push(list) - 1);
  }

  policy(list: readonly Policy[]): number {
    if (list.length === 0) return 0;
    return this.keyed("policies", list, () => this.policies.push(list) - 1);
  }

  detail(detail: FlowDetail): number {
    return this.known(detail, () => this.keyed("detail", detail, () => this.details.push(detail) - 1));
  }

  constant(of: FlowConstants): number {
    return this.keyed("constants", constantsOf(of), () => this.constants.push(constantsOf(of)) - 1);
  }

  shape(shape: LineShape): number {
    return this.known(shape, () => this.shapes.push(shape) - 1);
  }

  private known(object: object, make: () => number): number {
    const known = this.objectIds.get(object);
    if (known !== undefined) return known;
    const id = make();
    this.objectIds.set(object, id);
    return id;
  }

  private keyed(kind: string, value: unknown, make: () => number): number {
    const key = `${kind} ${JSON.stringify(value)}`;
    const known = this.keyIds.get(key);
    if (known !== undefined) return known;
    const id = make();
    this.chars += key.length;
    this.keyIds.set(key, id);
    return id;
  }
}

function constantsOf(flow: FlowConstants): FlowConstants {
  const { timeFrom, verdict, reason, dropReason, dropReasonName, eventType, eventSubType, direction } = flow;
  const { isReply, protocol, packets, emitterVersion } = flow;
  return {
    timeFrom,
    verdict,
    reason,
    dropReason,
    dropReasonName,
    eventType,
    eventSubType,
    direction,
    isReply,
    protocol,
    packets,
    emitterVersion,
  };
}
