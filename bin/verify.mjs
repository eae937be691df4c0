/** `npm run verify`: the fast part of `npm test`, for before a commit. */
import { fastChecks } from "./house/checks.mjs";
import { runHouse } from "./house/run-house.mjs";

await runHouse(fastChecks, { browser: false });
