export interface Flow { readonly time: bigint }
export const flow = 1;
