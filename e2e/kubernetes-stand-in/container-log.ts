/** The log of one container as a kubelet keeps it: files that rotate, instances that restart, and followers that read along. */

export interface LoggedLine {
  readonly stamp: bigint;
  readonly text: string;
  /** `latin1`: one byte for each character, whatever it is. */
  readonly encoding: "utf8" | "latin1";
  /** False for what was printed last before the container died in the middle of a line. */
  readonly isWhole: boolean;
}

/** One life of the container. */
export interface Instance {
  readonly restarts: number;
  readonly startedAt: number;
  readonly lines: LoggedLine[];
  /** Where the newest file begins; the API serves nothing older. */
  file: number;
  hasEnded: boolean;
}

export interface ContainerLog {
  readonly instances: readonly Instance[];
  /** The running one. */
  readonly current: Instance;
  emit(text: string, encoding?: LoggedLine["encoding"]): void;
  /** The container dies while it prints. */
  emitHalf(text: string): void;
  rotate(): void;
  restart(): void;
  /** Called after every change; answers how to stop it. */
  onChange(listener: () => void): () => void;
}

/** `now` in milliseconds since 1970. */
export function createContainerLog(now: () => number): ContainerLog {
  const listeners = new Set<() => void>();
  const begin = (restarts: number): Instance => ({ restarts, startedAt: now(), lines: [], file: 0, hasEnded: false });
  const instances: Instance[] = [begin(0)];
  let last = 0n;
  const current = (): Instance => {
    const found = instances.at(-1);
    if (found === undefined) throw new Error("a container has an instance");
    return found;
  };
  const add = (text: string, isWhole: boolean, encoding: LoggedLine["encoding"] = "utf8"): void => {
    const stamp = BigInt(Math.trunc(now())) * 1_000_000n;
    last = stamp > last ? stamp : last + 1_000n;
    current().lines.push({ stamp: last, text, encoding, isWhole });
  };
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    instances,
    get current() {
      return current();
    },
    emit(text, encoding) {
      add(text, true, encoding);
      changed();
    },
    emitHalf(text) {
      add(text, false);
      changed();
    },
    rotate() {
      current().file = current().lines.length;
      changed();
    },
    restart() {
      const before = current();
      before.hasEnded = true;
      instances.push(begin(before.restarts + 1));
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
