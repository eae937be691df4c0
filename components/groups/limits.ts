/** How much of the groups is asked for at once. */

export const PAGE_LIMIT = 200;
/** Groups inside one opened group. */
export const CHILDREN_LIMIT = 1000;
export const SPARK_POINTS = 42;
/** Opened groups that come with the document; the browser asks for the others. */
export const BRANCHES_WITH_PAGE = 24;
