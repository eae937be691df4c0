/** What is kept of lines that are no flows: enough to show a person what was not understood and what the agent said. */

export interface RejectSample {
  readonly feed: string;
  readonly reason: string;
  readonly detail: string;
  readonly sample: string;
}

/** An agent's line worth keeping: its words about the exporter, warnings and errors. Time is ISO, empty when unknown. */
export interface AgentWord {
  readonly feed: string;
  readonly time: string;
  readonly level: string;
  readonly text: string;
}
