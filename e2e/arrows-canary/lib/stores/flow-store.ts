export interface FlowStore { readonly name: string }
