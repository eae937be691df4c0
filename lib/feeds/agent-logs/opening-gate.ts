/** Lets only so many streams open at once, in the order they asked, so that a big cluster's API server is not stormed. */

export interface OpeningGate {
  /** Settles when it is this one's turn; call the answer when the stream is open or has failed. */
  enter(): Promise<() => void>;
}

export function createOpeningGate(most: number): OpeningGate {
  let open = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) open -= 1;
    else next();
  };
  return {
    async enter() {
      if (open < most) open += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
  };
}
