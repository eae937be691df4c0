/** What an agent says to a configuration: taken, with the entries that do not run, or refused. */

/** What an agent of the target version does with the text. */
export type AgentVerdict =
  | {
      readonly is: "accepted";
      /** Entry name to the reason why that entry does not run; the others do. */
      readonly entryErrors: ReadonlyMap<string, string>;
      readonly error?: never;
    }
  | {
      readonly is: "rejected";
      /** `parse`: no configuration could be read at all. `validate`: it was read, and names or paths are missing or double. */
      readonly class: "parse" | "validate";
      /** As close to the agent's own message as can be said. */
      readonly error: string;
    };
