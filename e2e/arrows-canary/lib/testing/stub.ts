export const stub = "";
