/** The peer: DuckDB's own SQL over the log file, labels kept, text columns. Run as `node duckdb-read-json.ts LOG DATABASE`. */
import { DuckDBInstance } from "@duckdb/node-api";

const ENDPOINT =
  "STRUCT(identity UBIGINT, cluster_name VARCHAR, namespace VARCHAR, labels VARCHAR[], pod_name VARCHAR, workloads STRUCT(name VARCHAR, kind VARCHAR)[])";
const PORTS = "STRUCT(source_port INTEGER, destination_port INTEGER)";
const FLOW = [
  "time VARCHAR",
  "uuid VARCHAR",
  "verdict VARCHAR",
  "drop_reason_desc VARCHAR",
  "traffic_direction VARCHAR",
  "node_name VARCHAR",
  "node_labels VARCHAR[]",
  "destination_names VARCHAR[]",
  "IP STRUCT(source VARCHAR, destination VARCHAR)",
  `l4 STRUCT(TCP ${PORTS}, UDP ${PORTS}, SCTP ${PORTS})`,
  `source ${ENDPOINT}`,
  `destination ${ENDPOINT}`,
  "event_type STRUCT(type INTEGER, sub_type INTEGER)",
  "egress_denied_by STRUCT(name VARCHAR, namespace VARCHAR)[]",
].join(", ");

const [log, database] = process.argv.slice(2);
if (log === undefined || database === undefined) throw new Error("usage: duckdb-read-json.ts LOG DATABASE");

const instance = await DuckDBInstance.create(database, { threads: "2", memory_limit: "4GB" });
const connection = await instance.connect();
await connection.run(
  `
  CREATE TABLE flows AS
  SELECT flow.time::TIMESTAMP_NS AS ts, flow.uuid::UUID AS uuid, flow.verdict AS verdict, flow.drop_reason_desc AS reason, flow.IP.source AS source_ip,
         flow.IP.destination AS destination_ip, coalesce(flow.l4.TCP.source_port, flow.l4.UDP.source_port, flow.l4.SCTP.source_port) AS source_port,
         coalesce(flow.l4.TCP.destination_port, flow.l4.UDP.destination_port, flow.l4.SCTP.destination_port) AS destination_port,
         CASE WHEN flow.l4.TCP IS NOT NULL THEN 'TCP' WHEN flow.l4.UDP IS NOT NULL THEN 'UDP' WHEN flow.l4.SCTP IS NOT NULL THEN 'SCTP' ELSE 'ICMP' END AS protocol,
         flow.source.namespace AS namespace, flow.source.pod_name AS pod, flow.source.workloads[1].name AS workload, flow.source.labels AS source_labels,
         flow.destination.labels AS destination_labels, flow.node_name AS node, flow.node_labels AS node_labels, flow.destination_names AS names,
         flow.egress_denied_by[1].name AS policy, flow.destination.labels[1] AS destination_group
  FROM read_json($log, format = 'newline_delimited', ignore_errors = true, maximum_object_size = 1048576, columns = {flow: 'STRUCT(${FLOW})'})
  WHERE flow IS NOT NULL`,
  { log },
);
await connection.run("CHECKPOINT");
const counted = await connection.runAndReadAll("SELECT count(*) FROM flows");
console.log(String(counted.getRows()[0]?.[0]));
connection.closeSync();
instance.closeSync();
