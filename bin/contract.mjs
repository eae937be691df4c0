/** `npm run contract`: the whole contract between the stores: 20,000 flows, 200 filters, every shape of table. Arguments: flows, filters. */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/contract/main.ts");
