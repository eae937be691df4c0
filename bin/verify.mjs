/** `npm run verify`: the fast part of `npm test`, for before a commit; the longest tests are left to it. */
import { fastChecks, LONG_TESTS } from "./house/checks.mjs";
import { runHouse } from "./house/run-house.mjs";

await runHouse(() => fastChecks(LONG_TESTS), { browser: false });
