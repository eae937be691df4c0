/** What is left of a type once it went through JSON: what may be undefined may be absent. */
export type OnTheWire<T> = T extends readonly (infer Item)[]
  ? readonly OnTheWire<Item>[]
  : T extends object
    ? { readonly [K in keyof T as undefined extends T[K] ? never : K]: OnTheWire<T[K]> } & {
        readonly [K in keyof T as undefined extends T[K] ? K : never]?: OnTheWire<T[K]>;
      }
    : T;
