/** `npm run bench`: the benchmark, on the pinned Node; arguments go through. */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/bench/main.ts");
