/** The options Weir takes, each on the command line and in the environment: names, help and what a right value looks like. */

export interface Option {
  readonly name: string;
  /** What stands after it in the help; none = a switch. */
  readonly value?: string;
  readonly env?: string;
  readonly repeats?: boolean;
  readonly help: string;
}

export const OPTIONS = [
  {
    name: "file",
    value: "PATH",
    repeats: true,
    env: "WEIR_FILE",
    help: "read a log: a file, a glob, a directory, .gz too. May be given several times",
  },
  { name: "follow", env: "WEIR_FOLLOW", help: "for --file: go on with what is appended, rotated and added, as tail -F does" },
  { name: "stdin", env: "WEIR_STDIN", help: "read a log from standard input: kubectl logs ... | npm start -- --stdin" },
  { name: "agent-logs", env: "WEIR_AGENT_LOGS", help: "follow the logs of all Cilium agents of a cluster, as kubectl would" },
  {
    name: "kubeconfig",
    value: "PATH",
    env: "WEIR_KUBECONFIG",
    help: "for --agent-logs: the cluster's kubeconfig (default as kubectl: KUBECONFIG, ~/.kube/config, else this pod's service account)",
  },
  { name: "kube-context", value: "NAME", env: "WEIR_KUBE_CONTEXT", help: "for --agent-logs: another context than the current one" },
  {
    name: "agent-namespace",
    value: "NAME",
    env: "WEIR_AGENT_NAMESPACE",
    help: "for --agent-logs: where the agents run (default kube-system)",
  },
  {
    name: "agent-selector",
    value: "LABELS",
    env: "WEIR_AGENT_SELECTOR",
    help: "for --agent-logs: labels of the agents' pods (default k8s-app=cilium)",
  },
  {
    name: "agent-logs-since",
    value: "DURATION",
    env: "WEIR_AGENT_LOGS_SINCE",
    help: "for --agent-logs: how much of a log met for the first time is read: 15m, 6h, 2d, all (default 1h)",
  },
  {
    name: "agent-logs-silence",
    value: "DURATION",
    env: "WEIR_AGENT_LOGS_SILENCE",
    help: "for --agent-logs: a log that says nothing for so long is opened again; shorter where a balancer cuts sooner (default 1m)",
  },
  {
    name: "relay",
    value: "ADDRESS",
    repeats: true,
    env: "WEIR_RELAY",
    help: "follow Hubble Relay at this host and port, like 127.0.0.1:4245 of a port-forward. May be given several times; what follows then counts for all, or is given for each",
  },
  { name: "relay-insecure", env: "WEIR_RELAY_INSECURE", help: "for --relay: plain text instead of TLS" },
  {
    name: "relay-ca",
    value: "PATH",
    env: "WEIR_RELAY_CA",
    help: "for --relay: certificate of the authority that signed the relay's (default: what this machine trusts)",
  },
  { name: "relay-cert", value: "PATH", env: "WEIR_RELAY_CERT", help: "for --relay: Weir's own certificate, where the relay asks for one" },
  { name: "relay-key", value: "PATH", env: "WEIR_RELAY_KEY", help: "for --relay: the key of --relay-cert" },
  {
    name: "relay-server-name",
    value: "NAME",
    env: "WEIR_RELAY_SERVER_NAME",
    help: "for --relay: the name in the relay's certificate, where it is not the address's: instance.hubble-relay.cilium.io",
  },
  { name: "demo", env: "WEIR_DEMO", help: "show made-up data; this is what happens when nothing else is given" },
  { name: "demo-seed", value: "N", env: "WEIR_DEMO_SEED", help: "another seed, other demo data (default 7)" },
  { name: "demo-flows", value: "N", env: "WEIR_DEMO_FLOWS", help: "how many demo flows, about (default 300000)" },
  { name: "host", value: "ADDRESS", env: "WEIR_HOST", help: "address to listen on (default 127.0.0.1)" },
  { name: "port", value: "N", env: "WEIR_PORT", help: "port to listen on, 0 = any free one (default 8080)" },
  {
    name: "allow-anonymous",
    env: "WEIR_ALLOW_ANONYMOUS",
    help: "listen on other addresses than loopback although nobody is asked to sign in",
  },
  {
    name: "allow-host",
    value: "NAME",
    repeats: true,
    env: "WEIR_ALLOW_HOST",
    help: "a name browsers may use for this server, for a proxy in front of it",
  },
  { name: "data", value: "DIR", env: "WEIR_DATA", help: "where flows are kept (default ./data). Without any feed, what it holds is shown" },
  { name: "retention-days", value: "N", env: "WEIR_RETENTION_DAYS", help: "forget flows older than this; 0 = never (default 0)" },
  {
    name: "retention-size",
    value: "SIZE",
    env: "WEIR_RETENTION_SIZE",
    help: "forget the oldest flows when they take more on disk than this, like 10GB; 0 = keep all (default 0)",
  },
  { name: "memory", value: "SIZE", env: "WEIR_MEMORY", help: "memory the store may use, like 512MB or 2GB (default 512MB)" },
  {
    name: "store",
    value: "KIND",
    env: "WEIR_STORE",
    help: "where flows are kept: duckdb (on this machine) or adx (Azure Data Explorer; default duckdb)",
  },
  {
    name: "adx-cluster",
    value: "URL",
    env: "WEIR_ADX_CLUSTER",
    help: "for --store adx: https://name.region.kusto.windows.net, or the query URI of a Fabric eventhouse",
  },
  { name: "adx-database", value: "NAME", env: "WEIR_ADX_DATABASE", help: "for --store adx: the database" },
  {
    name: "adx-shape",
    value: "SHAPE",
    env: "WEIR_ADX_SHAPE",
    help: "for --store adx: what the table looks like: typed, container-logs, fluent-bit, container-log-v2, container-network-logs or custom (default typed)",
  },
  {
    name: "adx-mapping",
    value: "FILE",
    env: "WEIR_ADX_MAPPING",
    help: "for --adx-shape custom: a JSON file that says which column holds what (deploy/adx/README.md)",
  },
  {
    name: "adx-table",
    value: "NAME",
    env: "WEIR_ADX_TABLE",
    help: "for --store adx: the table, where it has another name than its shape's",
  },
  {
    name: "adx-sign-in",
    value: "KIND",
    env: "WEIR_ADX_SIGN_IN",
    help: "for --store adx: workload, managed, azcli, secret or none (default workload; none on this machine)",
  },
  { name: "adx-client-id", value: "ID", env: "WEIR_ADX_CLIENT_ID", help: "for --adx-sign-in workload, managed, secret: the identity" },
  { name: "adx-tenant-id", value: "ID", env: "WEIR_ADX_TENANT_ID", help: "for --adx-sign-in workload, azcli, secret: the tenant" },
  { name: "adx-secret-file", value: "PATH", env: "WEIR_ADX_SECRET_FILE", help: "for --adx-sign-in secret: a file that holds it" },
  { name: "adx-days", value: "N", env: "WEIR_ADX_DAYS", help: "for --store adx: how many days back Weir looks at all (default 14)" },
  { name: "adx-timeout", value: "SECONDS", env: "WEIR_ADX_TIMEOUT", help: "for --store adx: how long a question may take (default 60)" },
  {
    name: "adx-fill-hours",
    value: "N",
    env: "WEIR_ADX_FILL_HOURS",
    help: "for --store adx with a feed: how long the feed's flows are kept here, to show what the cluster does not have yet (default 2)",
  },
  {
    name: "adx-trust-host",
    value: "NAME",
    repeats: true,
    env: "WEIR_ADX_TRUST_HOST",
    help: "for --store adx: a host beyond Microsoft's that may be sent a token, such as a private name of the cluster",
  },
  { name: "dev", help: "development server that rebuilds pages when sources change" },
  { name: "version", help: "print the version and end" },
  { name: "help", help: "print this and end" },
] as const satisfies readonly Option[];

export type OptionName = (typeof OPTIONS)[number]["name"];
