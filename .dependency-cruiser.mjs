/** Who may import whom (lib/README.md, "Arrows"). Checked by bin/house/arrows.mjs, which also proves that the rules bite. */

const PURE = ["flows", "decode", "filters", "questions", "url", "exporter", "format"];
/** What each pure room may import besides itself. */
const PURE_MAY = {
  flows: [],
  decode: ["flows"],
  filters: ["flows"],
  questions: ["flows", "filters"],
  url: ["flows", "filters", "questions"],
  exporter: ["flows", "filters"],
  format: ["flows"],
};
const CODE = "[.]tsx?$";
const TEST = "([.]test[.]tsx?|[.]bench[.]ts)$";

/** @param {readonly string[]} rooms */
const rooms = (rooms) => `(^|/)lib/(${rooms.join("|")})/`;

const pureArrows = PURE.map((room) => ({
  name: `arrows-${room}`,
  comment: `lib/${room} imports ${PURE_MAY[room].length === 0 ? "no other room" : PURE_MAY[room].map((other) => `lib/${other}`).join(", ")}`,
  severity: "error",
  from: { path: rooms([room]), pathNot: TEST },
  to: { path: "(^|/)(lib|app|components|e2e|bin)/", pathNot: `${rooms([room, ...PURE_MAY[room]])}|node_modules` },
}));

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "a cycle means two files are one",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...pureArrows,
    {
      name: "pure-rooms-know-no-platform",
      comment: "pure rooms import zod at most (url: nuqs too); no node:*, next, react",
      severity: "error",
      from: { path: rooms(PURE), pathNot: `${TEST}|(^|/)lib/(url|exporter|filters)/` },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown", "unknown"],
        pathNot: "node_modules/zod(/|$)|^zod$|(^|/)(lib|app|components)/",
      },
    },
    {
      name: "filters-know-their-languages-only",
      comment: "lib/filters imports zod, and CEL, RE2 and protobuf of one maker",
      severity: "error",
      from: { path: rooms(["filters"]), pathNot: TEST },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown", "unknown"],
        pathNot: "node_modules/(zod|@bufbuild/(cel|cel-spec|protobuf|re2))(/|$)|(^|/)(lib|app|components)/",
      },
    },
    {
      name: "exporter-knows-yaml-only",
      comment: "lib/exporter imports zod, yaml and fflate",
      severity: "error",
      from: { path: rooms(["exporter"]), pathNot: TEST },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown", "unknown"],
        pathNot: "node_modules/(zod|yaml|fflate)(/|$)|(^|/)(lib|app|components)/",
      },
    },
    {
      name: "url-knows-nuqs-only",
      comment: "lib/url imports zod, nuqs, fflate, and React or Next's navigation only in its hooks",
      severity: "error",
      from: { path: rooms(["url"]), pathNot: `${TEST}|/use-[^/]+[.]tsx?$` },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown", "unknown"],
        pathNot: "node_modules/(zod|nuqs|fflate)(/|$)|(^|/)(lib|app|components)/",
      },
    },
    {
      name: "feeds-stay-in-their-room",
      comment: "feeds import neither stores nor server",
      severity: "error",
      from: { path: rooms(["feeds"]), pathNot: TEST },
      to: { path: rooms(["stores", "server"]) },
    },
    {
      name: "stores-stay-in-their-room",
      comment: "stores import neither feeds nor server",
      severity: "error",
      from: { path: rooms(["stores"]), pathNot: TEST },
      to: { path: rooms(["feeds", "server"]) },
    },
    {
      name: "server-rooms-draw-nothing",
      comment: "stores, feeds and server import no components",
      severity: "error",
      from: { path: rooms(["stores", "feeds", "server"]) },
      to: { path: "(^|/)components/" },
    },
    {
      name: "components-see-pure-rooms-only",
      comment: "not even a type of stores, feeds or server",
      severity: "error",
      from: { path: "(^|/)components/", pathNot: TEST },
      to: { path: rooms(["stores", "feeds", "server"]) },
    },
    {
      name: "nobody-imports-app",
      comment: "app composes, nothing depends on it",
      severity: "error",
      from: { path: "(^|/)(lib|components|bin)/" },
      to: { path: "(^|/)app/" },
    },
    {
      name: "testing-is-for-tests",
      comment: "lib/testing and components/testing are imported by tests only",
      severity: "error",
      from: { path: CODE, pathNot: `${TEST}|-child[.]ts$|(^|/)(lib|components)/testing/|(^|/)e2e/[^/]+$|(^|/)bin/|(^|/)contract/` },
      to: { path: "(^|/)(lib|components)/testing/" },
    },
    {
      name: "imports-resolve",
      comment: "an import that leads nowhere would escape every rule above",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "[.](css|json)$|^next-env" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "[.]next/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
