export const feed = "";
