/** Knows a file by its content that was read before under another inode: copied before it was cut off, or compressed, also while Weir was down. */
import { type FileHandle, open } from "node:fs/promises";
import type { FeedPosition, FlowSink } from "#lib/flows/batch.ts";
import { type ContentBefore, contentBefore } from "./content-before.ts";
import { headOf, readHead } from "./file-head.ts";
import { headPrint, identityOf, inodeOf, isWholeHead, NEWLINE } from "./file-identity.ts";
import { printOf, readState, resumeAt } from "./file-state.ts";

export interface OpenFile {
  readonly handle: FileHandle;
  readonly path: string;
  readonly isZipped: boolean;
  readonly identity: string;
}

/**
 * Where to begin in it, its position being stored where that is not the beginning. `read`: all it holds so far was read before. `cut`: so it was, and it is
 * not whole: still being compressed, or cut short.
 */
export type Recognised = number | "read" | "cut";

export interface Recogniser {
  recognise(file: OpenFile): Promise<Recognised>;
}

/** Undefined = it cannot be told yet what file it is, or it cannot be opened; whoever reads it says why not. */
export async function withFile<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T | undefined> {
  const handle = await open(path, "r").catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { isZipped, bytes } = await readHead(handle, path);
    if (typeof bytes === "string" || !isWholeHead(bytes)) return undefined;
    return await use({ handle, path, isZipped, identity: identityOf(inodeOf(await handle.stat()), bytes) });
  } finally {
    await handle.close();
  }
}

export function createRecogniser(sink: FlowSink): Recogniser {
  let known: Promise<Map<string, Set<string>>> | undefined;
  const add = (identity: string, to: Map<string, Set<string>>): void => {
    const print = headPrint(identity);
    to.set(print, (to.get(print) ?? new Set()).add(identity));
  };
  const load = async (): Promise<Map<string, Set<string>>> => {
    const loaded = new Map<string, Set<string>>();
    for (const feed of (await sink.feeds?.()) ?? []) if (feed.startsWith("file:")) add(feed, loaded);
    return loaded;
  };
  return {
    async recognise(file) {
      known ??= load();
      const before = await known;
      const { identity, isZipped } = file;
      const others = [...(before.get(headPrint(identity)) ?? [])].filter((other) => other !== identity);
      add(identity, before);
      const own = await sink.position(identity);
      // known without unpacking it
      if (isZipped && own !== undefined && readState(own.state)?.size === (await file.handle.stat()).size) return own.offset;
      const found = await furthest([own, ...(await Promise.all(others.map((other) => sink.position(other))))], file);
      // cut off and written anew in the meantime: what is stored of it is what was read before
      if (!isZipped && identityOf(inodeOf(await file.handle.stat()), await headOf(file.handle)) !== identity) return "read";
      if (typeof found.place === "number" && found.place !== (own?.offset ?? 0))
        await sink.append(nothingBut({ feed: identity, offset: found.place, state: found.state }));
      return found.place;
    },
  };
}

interface Place {
  readonly place: Recognised;
  /** To go on from there. */
  readonly state: string;
}

/** Where the file that holds the most of this content was read to. */
async function furthest(positions: readonly (FeedPosition | undefined)[], file: OpenFile): Promise<Place> {
  const sorted = positions.filter((position) => position !== undefined).sort((a, b) => b.offset - a.offset);
  for (const position of sorted) {
    const place = await compare(position, file);
    if (place === "other") continue;
    const { marks, tail } = readState(position.state) ?? {};
    return { place, state: JSON.stringify({ path: file.path, size: 0, marks, tail: place === position.offset ? tail : undefined }) };
  }
  return { place: 0, state: JSON.stringify({ path: file.path, size: 0 }) };
}

/** `other`: the file holds something else than what was read up to this position. */
async function compare({ feed, offset, state }: FeedPosition, file: OpenFile): Promise<Recognised | "other"> {
  if (offset === 0) return "other";
  const { open: openAt, tail, marks } = readState(state) ?? {};
  const content = await contentBefore(file.handle, file.path, file.isZipped, offset);
  if (content.length < offset) {
    if (marks === undefined ? !content.isCut : !agrees(content, marks)) return "other";
    return content.isCut ? "cut" : "read";
  }
  const endsLine = feed === file.identity || openAt !== undefined || content.tail.at(-1) === NEWLINE;
  const isSame = tail === undefined ? endsLine && agrees(content, marks) : printOf(content.tail) === tail;
  // half a line that counted as one may become a whole one
  if (isSame && openAt !== undefined && content.next === undefined) return "read";
  return isSame ? resumeAt(offset, openAt, content.next) : "other";
}

/** Undefined `marks` say nothing. */
function agrees({ marks: mine }: ContentBefore, marks: readonly string[] | undefined): boolean {
  const last = Math.min(mine.length, marks?.length ?? 0) - 1;
  return marks === undefined || mine.length === 0 || (last >= 0 && mine[last] === marks[last]);
}

function nothingBut(position: FeedPosition): Parameters<FlowSink["append"]>[0] {
  const tally = { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} };
  return { flows: [], tally, samples: [], agentWords: [], position };
}
