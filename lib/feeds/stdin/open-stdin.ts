/** Standard input as a stream that can be given up at once, whatever it is connected to. */
import { createReadStream, fstatSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { isatty, ReadStream } from "node:tty";

/** A read of a pipe in Node's thread pool cannot be cancelled and would hold up the end of the process; a socket's can. */
export function openStdin(): Readable {
  if (isatty(0)) return new ReadStream(0);
  const about = fstatSync(0);
  if (about.isFIFO() || about.isSocket()) return new Socket({ fd: 0, readable: true, writable: false });
  return createReadStream("", { fd: 0, highWaterMark: 1 << 20 });
}
