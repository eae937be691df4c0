/** `npm test`: everything that says whether Weir is whole, on any machine with Node 20 and npm; one summary line at the end. */
import { wholeChecks } from "./house/checks.mjs";
import { runHouse } from "./house/run-house.mjs";

await runHouse(wholeChecks, { browser: true });
