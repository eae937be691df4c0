/** The text of `--help`, made from the table of options. */
import { OPTIONS, type Option } from "./options.ts";

const OPENING = `Weir shows what Cilium's policies block on egress.

  npm start                                        demo data
  npm start -- --file agent.log                    a log, or several, a directory, .gz
  npm start -- --file '/var/log/pods/kube-system_cilium-*/cilium-agent/*'
  kubectl -n kube-system logs ds/cilium -c cilium-agent | npm start -- --stdin
  npm start -- --agent-logs                        every agent of the cluster that kubectl would ask, live
  npm start -- --relay 127.0.0.1:4245 --relay-insecure
  npm start -- --store adx --adx-cluster https://... --adx-database ... --agent-logs
                                                   Azure Data Explorer, and from the agents what it does not have yet

Options (each also as an environment variable where one is named; the command line wins):
`;

const CLOSING = `
Switches in the environment are on with 1 or true. WEIR_FILE takes several values, separated by ":", WEIR_ALLOW_HOST,
WEIR_ADX_TRUST_HOST, WEIR_RELAY and what belongs to it by ",".
Ctrl-C or SIGTERM stops Weir; what was read stays, and the next start goes on where this one ended.
`;

export function helpText(): string {
  const options: readonly Option[] = OPTIONS;
  const names = options.map((option) => `  --${option.name}${option.value === undefined ? "" : ` ${option.value}`}`);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const lines = options.map((option, i) => {
    const env = option.env === undefined ? "" : ` [${option.env}]`;
    return `${(names[i] ?? "").padEnd(width)}${option.help}${env}`;
  });
  return `${OPENING}\n${lines.join("\n")}\n${CLOSING}`;
}
