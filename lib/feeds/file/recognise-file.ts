/** Knows a file by its content that was read before under another inode: copied before it was cut off, or compressed, also while Weir was down. */
import { type FileHandle, open } from "node:fs/promises";
import type { FeedPosition, FlowSink } from "#lib/flows/batch.ts";
import { contentBefore } from "./content-before.ts";
import { identityOf } from "./file-identity.ts";
import { printOf, readState } from "./file-state.ts";
import type { FoundFile } from "./find-files.ts";
import { headOf, headOfZip, isZip } from "./read-file.ts";

/** `known`: its position is stored, by itself or now. `read`: all it holds was read before, and it is not whole: still being compressed, or cut short. */
export type Recognised = "known" | "new" | "read";

export interface Recogniser {
  recognise(file: FoundFile): Promise<Recognised>;
  /** A file was read under this identity. */
  met(identity: string): void;
}

/** Undefined = it cannot be told yet. */
export async function identify(file: FoundFile): Promise<string | undefined> {
  return withFile(file, undefined, (handle, isZipped) => identityIn(handle, file, isZipped));
}

/** The part of an identity that a copy of the file has, too. */
export function headPrint(identity: string): string {
  return identity.slice(identity.lastIndexOf(":") + 1);
}

export function createRecogniser(sink: FlowSink): Recogniser {
  let known: Map<string, Set<string>> | undefined;
  const add = (identity: string, to: Map<string, Set<string>>): void => {
    const print = headPrint(identity);
    to.set(print, (to.get(print) ?? new Set()).add(identity));
  };
  const load = async (): Promise<Map<string, Set<string>>> => {
    if (known !== undefined) return known;
    const loaded = new Map<string, Set<string>>();
    for (const feed of (await sink.feeds?.()) ?? []) if (feed.startsWith("file:")) add(feed, loaded);
    known ??= loaded;
    return known;
  };
  return {
    async recognise(file) {
      const before = await load();
      return withFile<Recognised>(file, "new", async (handle, isZipped) => {
        const identity = await identityIn(handle, file, isZipped);
        if (identity === undefined) return "new";
        const others = [...(before.get(headPrint(identity)) ?? [])].filter((other) => other !== identity);
        add(identity, before);
        if (others.length === 0) return "new";
        if ((await sink.position(identity)) !== undefined) return "known";
        const positions = await Promise.all(others.map((other) => sink.position(other)));
        const found = await furthest(positions, handle, file, isZipped);
        if (found === "cut") return "read";
        if (found === undefined) return "new";
        await sink.append(nothingBut({ feed: identity, ...found }));
        return "known";
      });
    },
    met(identity) {
      if (known !== undefined) add(identity, known);
    },
  };
}

function startAgain({ path }: FoundFile): Omit<FeedPosition, "feed"> {
  return { offset: 0, state: JSON.stringify({ path, size: 0 }) };
}

/** Where the file that holds the most of this content was read to. */
async function furthest(
  positions: readonly (FeedPosition | undefined)[],
  handle: FileHandle,
  file: FoundFile,
  isZipped: boolean,
): Promise<Omit<FeedPosition, "feed"> | "cut" | undefined> {
  const sorted = positions.filter((position) => position !== undefined).sort((a, b) => b.offset - a.offset);
  let isCut = false;
  for (const { offset, state } of sorted) {
    if (offset === 0) continue;
    const { open: openAt, tail } = readState(state) ?? {};
    const found = await contentBefore(handle, file.path, isZipped, offset);
    if (found === "cut") isCut = true;
    if (found === "cut" || found === "short") continue;
    const isSame = tail === undefined ? openAt !== undefined || found.tail.at(-1) === NEWLINE : printOf(found.tail) === tail;
    if (isSame) return { ...startAgain(file), offset: startOf(offset, openAt, found.next) };
  }
  return isCut ? "cut" : undefined;
}

const NEWLINE = 10;

/** A last line without its end counted as read; if more of it came, it was another line. */
function startOf(offset: number, openAt: number | undefined, next: number | undefined): number {
  if (openAt === undefined || next === undefined) return offset;
  return next === NEWLINE ? offset + 1 : openAt;
}

function nothingBut(position: FeedPosition): Parameters<FlowSink["append"]>[0] {
  const tally = { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} };
  return { flows: [], tally, samples: [], agentWords: [], position };
}

async function identityIn(handle: FileHandle, file: FoundFile, isZipped: boolean): Promise<string | undefined> {
  const head = isZipped ? await headOfZip(file.path) : await headOf(handle);
  if (typeof head === "string" || (head.length < HEAD_BYTES && !head.includes(NEWLINE))) return undefined;
  const { dev, ino } = await handle.stat();
  return identityOf(`${dev}:${ino}`, head);
}

const HEAD_BYTES = 1_024;

/** `otherwise`: where it cannot be opened; whoever reads it says why not. */
async function withFile<T>(file: FoundFile, otherwise: T, use: (handle: FileHandle, isZipped: boolean) => Promise<T>): Promise<T> {
  const handle = await open(file.path, "r").catch(() => undefined);
  if (handle === undefined) return otherwise;
  try {
    return await use(handle, isZip(await headOf(handle)));
  } finally {
    await handle.close();
  }
}
