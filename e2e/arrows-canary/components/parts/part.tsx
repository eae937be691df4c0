export const part = "";
