/** A log that grows and is rotated at random, as logrotate, cp and gzip do it; knows which lines nobody can be sure to have seen. */
import { appendFile, copyFile, readFile, rename, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Random } from "#lib/feeds/demo/random.ts";

export interface RotatingLog {
  /** Appends some lines, the last of them in two parts now and then. */
  write(): Promise<void>;
  /** Renames it or copies it and cuts it off; what was rotated before is compressed now and then, and removed. */
  rotate(): Promise<void>;
  /** Lines so far. */
  readonly count: number;
  /** Written between the copy and the cut: in no file any more unless they were read before. */
  readonly atRisk: ReadonlySet<number>;
}

export function createRotatingLog(dir: string, random: Random, line: (number: number) => string): RotatingLog {
  const log = join(dir, "a.log");
  const atRisk = new Set<number>();
  let count = 0;
  let turn = 0;
  /** Rotated, not compressed, newest first. */
  let plain: string[] = [];
  const isNumbered = random.chance(0.5);

  const next = (): string => {
    const lines = Array.from({ length: 1 + random.below(6) }, () => `${line(count++)}\n`);
    return lines.join("");
  };
  const write = async (): Promise<void> => {
    const text = next();
    const half = random.chance(0.2) ? random.below(text.length) : 0;
    if (half > 0) {
      await appendFile(log, text.slice(0, half));
      await wait(random.below(6));
    }
    await appendFile(log, text.slice(half));
  };
  /** In place, so that somebody may see half of it. */
  const inPlace = async (path: string, bytes: Uint8Array): Promise<void> => {
    const half = random.below(bytes.length);
    await writeFile(path, bytes.subarray(0, half));
    await wait(random.below(30));
    await appendFile(path, bytes.subarray(half));
  };
  const compress = async (path: string, to: string): Promise<void> => {
    const zipped = gzipSync(await readFile(path));
    if (random.chance(0.5)) await inPlace(to, zipped);
    else {
      await writeFile(join(dir, ".part"), zipped);
      await rename(join(dir, ".part"), to);
    }
    await unlink(path);
  };
  /** As logrotate numbers them: `.1` is always the newest. */
  const shift = async (): Promise<void> => {
    const renamed: string[] = [];
    for (const path of [...plain].reverse()) {
      const next = path.replace(/\d+$/, (number) => String(Number(number) + 1));
      await rename(path, next);
      renamed.unshift(next);
    }
    plain = renamed;
  };
  const copyAndCut = async (to: string): Promise<void> => {
    const before = count;
    if (random.chance(0.5)) await inPlace(to, await readFile(log));
    else {
      await copyFile(log, join(dir, ".part"));
      await rename(join(dir, ".part"), to);
    }
    if (random.chance(0.5)) {
      await appendFile(log, next());
      for (let number = before; number < count; number++) atRisk.add(number);
      await wait(random.below(8));
    }
    await truncate(log);
    if (random.chance(0.5)) await write();
  };
  const renameAndCreate = async (to: string): Promise<void> => {
    await rename(log, to);
    // its writer has not noticed yet
    if (random.chance(0.3)) await appendFile(to, next());
    if (random.chance(0.5)) await wait(random.below(8));
    await writeFile(log, "");
  };
  /** As rsync and editors do: the same content as another file, with more at its end. */
  const replace = async (): Promise<void> => {
    await copyFile(log, join(dir, ".part"));
    await appendFile(join(dir, ".part"), next());
    await rename(join(dir, ".part"), log);
  };

  return {
    write,
    async rotate() {
      if (random.chance(0.15)) return replace();
      if (isNumbered) await shift();
      const to = isNumbered ? `${log}.1` : `${log}.${turn++}`;
      await (random.chance(0.5) ? copyAndCut(to) : renameAndCreate(to));
      plain.unshift(to);
      if (random.chance(0.4)) {
        const path = plain[random.below(plain.length)] ?? to;
        plain = plain.filter((other) => other !== path);
        await wait(random.below(20));
        await compress(path, `${log}.${turn++}.gz`);
      }
    },
    get count() {
      return count;
    },
    atRisk,
  };
}
