/** Asks a cluster questions whose answers are known, and says which come back otherwise. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SIGN_INS } from "#lib/stores/adx/adx-settings.ts";
import { createKustoGateway } from "#lib/stores/adx/kusto-gateway.ts";
import { credentialOf } from "#lib/stores/adx/sign-in.ts";
import { makeContract } from "./contract.ts";
import { createManage } from "./manage.ts";
import { type Replayed, replay } from "./replay.ts";
import { DATABASE, startContractStandIn } from "./stand-in.ts";

const USAGE = `npm run contract-adx -- [--uri https://name.region.kusto.windows.net --database NAME] [--sign-in ${SIGN_INS.join("|")}]
  [--client-id ID] [--tenant-id ID] [--secret-file FILE] [--trust-host HOST] [--flows 300] [--filters 10] [--write FILE]
Makes tables named WeirContract… in that database, fills them, asks, compares and drops them again: its role is database admin, or user.
Without --uri the stand-in of the tests is asked. --write keeps commands, queries, parameters and right answers in a file.
`;
const { values } = parseArgs({
  options: {
    uri: { type: "string" },
    database: { type: "string", default: DATABASE },
    "sign-in": { type: "string", default: "none" },
    "client-id": { type: "string", default: "" },
    "tenant-id": { type: "string", default: "" },
    "secret-file": { type: "string", default: "" },
    "trust-host": { type: "string", multiple: true, default: [] },
    flows: { type: "string", default: "300" },
    filters: { type: "string", default: "10" },
    write: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const signIn = SIGN_INS.find((one) => one === values["sign-in"]);
if (values.help || signIn === undefined) {
  process.stdout.write(USAGE);
  process.exit(values.help ? 0 : 1);
}
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const contract = await makeContract(Number(values.flows), Number(values.filters));
const standIn = values.uri === undefined ? await startContractStandIn(contract) : undefined;
const settings = {
  cluster: standIn?.url ?? values.uri ?? "",
  database: values.database,
  timeoutMs: 120_000,
  concurrency: 4,
  cacheSeconds: 0,
  trustedHosts: values["trust-host"],
};
const identity = { clientId: values["client-id"], tenantId: values["tenant-id"], secretFile: values["secret-file"] };
const credential = credentialOf({ signIn, ...identity });
const gateway = createKustoGateway(settings, credential);
const replayed: Replayed[] = [];
const stopped = await replay(contract, { gateway, manage: createManage(settings, credential) }, (one) => {
  replayed.push(one);
  if (one.difference !== undefined) say(`${one.shape}: ${one.ask.slice(0, 300)}\n  ${one.difference}`);
});
gateway.close();
await standIn?.close();
if (stopped !== undefined) say(stopped);
if (values.write !== undefined) {
  const queriesOf = (ask: string) =>
    replayed.filter((one) => one.ask === ask).map(({ shape, refused, queries }) => ({ shape, refused, queries }));
  const questions = contract.questions.map(({ ask, answer }) => ({ ask, answer, asked: queriesOf(ask) }));
  writeFileSync(values.write, `${JSON.stringify({ tables: contract.tables, questions }, null, 1)}\n`);
}
const not = replayed.filter(({ difference }) => difference !== undefined).length;
const refused = replayed.filter((one) => one.refused).length;
say(`${replayed.length - not - refused} alike, ${not} not, ${refused} that KQL cannot say`);
process.exit(stopped === undefined && not === 0 ? 0 : 1);
