/** `npm run vectors -- DIR`: whether Weir agrees with verdicts of Cilium's own code; arguments go through. */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/vectors/main.ts");
