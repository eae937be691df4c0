/** Rows are exactly this high, so that the place of every row is known without measuring. In step with `--row`. */
export const ROW_HEIGHT = 32;
