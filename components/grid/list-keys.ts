/** Keys that move the cursor of a list. */

/** Rows to go down (negative: up), an end of the list, or undefined for any other key. */
export function cursorStep(key: string, page: number): number | "home" | "end" | undefined {
  switch (key) {
    case "ArrowDown":
    case "j":
    case "J":
      return 1;
    case "ArrowUp":
    case "k":
    case "K":
      return -1;
    case "PageDown":
      return page;
    case "PageUp":
      return -page;
    case "Home":
      return "home";
    case "End":
      return "end";
    default:
      return undefined;
  }
}
