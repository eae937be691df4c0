/** Starts the thread that reads large files before anything else is done, so that it is ready when the store is. */
import { statSync } from "node:fs";
import { startReaders } from "./read-in-pieces.ts";
import { isLarge, type ReaderThread } from "./read-in-thread.ts";

export interface EarlyReader {
  /** For a feed of these paths: the thread that has begun already, another one when that was given away. */
  readonly start: () => ReaderThread;
  /** Nobody will ask for the thread. */
  close(): Promise<void>;
}

/** Nothing is started where no path is a large file. */
export function earlyReader(paths: readonly string[], startThread: () => ReaderThread = startReaders): EarlyReader {
  let early = paths.some(isLargeFile) ? startThread() : undefined;
  return {
    start: () => {
      const thread = early ?? startThread();
      early = undefined;
      return thread;
    },
    close: async () => {
      await early?.close();
      early = undefined;
    },
  };
}

function isLargeFile(path: string): boolean {
  try {
    const about = statSync(path);
    return about.isFile() && isLarge({ path, size: about.size });
  } catch {
    return false;
  }
}
