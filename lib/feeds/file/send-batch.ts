/** Takes batches apart into what can be handed to another thread, and puts them together there. */
import { type Batch, batchOf } from "#lib/flows/batch.ts";
import type { FlowDictionary } from "#lib/flows/flow-columns.ts";
import { columnsOf } from "#lib/flows/flow-rows.ts";
import type { SentBatch } from "./reader-messages.ts";

export interface BatchSender {
  /** The batch as a message, and the memory that goes along with it: the batch is of no use here any more. */
  pack(batch: Batch): { readonly sent: SentBatch; readonly transfer: ArrayBuffer[] };
}

export function createBatchSender(): BatchSender {
  let dictionary: FlowDictionary | undefined;
  let number = 0;
  let known = sizesOf(NOTHING);
  return {
    pack: (batch) => {
      const { dictionary: own, ...columns } = batch.columns ?? columnsOf(batch.flows);
      const { tally, samples, agentWords, position } = batch;
      if (own !== dictionary) {
        dictionary = own;
        number++;
        known = sizesOf(NOTHING);
      }
      const added: FlowDictionary = {
        texts: own.texts.slice(known.texts),
        lists: own.lists.slice(known.lists),
        endpoints: own.endpoints.slice(known.endpoints),
        policies: own.policies.slice(known.policies),
        details: own.details.slice(known.details),
        constants: own.constants.slice(known.constants),
        shapes: own.shapes.slice(known.shapes),
      };
      known = sizesOf(own);
      const { time, uuid, uuidKind, model, starts, models, ownAt } = columns;
      const transfer = [time, uuid, uuidKind, model, starts, models, ownAt].map(({ buffer }) => ownMemory(buffer));
      return { sent: { columns, dictionary: number, added, rest: { tally, samples, agentWords, position } }, transfer };
    },
  };
}

export interface BatchReceiver {
  unpack(sent: SentBatch): Batch;
}

export function createBatchReceiver(): BatchReceiver {
  let dictionary = createMirror();
  let number = 0;
  return {
    unpack: (sent) => {
      if (sent.dictionary !== number) {
        dictionary = createMirror();
        number = sent.dictionary;
      }
      const { added } = sent;
      append(dictionary.texts, added.texts);
      append(dictionary.lists, added.lists);
      append(dictionary.endpoints, added.endpoints);
      append(dictionary.policies, added.policies);
      append(dictionary.details, added.details);
      append(dictionary.constants, added.constants);
      append(dictionary.shapes, added.shapes);
      return batchOf({ ...sent.columns, dictionary }, sent.rest);
    },
  };
}

/** One by one: there may be more than a call takes as arguments. */
function append<T>(to: T[], more: readonly T[]): void {
  for (const one of more) to.push(one);
}

type Mirror = { readonly [K in keyof FlowDictionary]: FlowDictionary[K][number][] };

function createMirror(): Mirror {
  return { texts: [], lists: [], endpoints: [], policies: [], details: [], constants: [], shapes: [] };
}

const NOTHING: FlowDictionary = createMirror();

function sizesOf(dictionary: FlowDictionary): { readonly [K in keyof FlowDictionary]: number } {
  const { texts, lists, endpoints, policies, details, constants, shapes } = dictionary;
  return {
    texts: texts.length,
    lists: lists.length,
    endpoints: endpoints.length,
    policies: policies.length,
    details: details.length,
    constants: constants.length,
    shapes: shapes.length,
  };
}

function ownMemory(buffer: ArrayBufferLike): ArrayBuffer {
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError("columns lie in memory of their own");
}
