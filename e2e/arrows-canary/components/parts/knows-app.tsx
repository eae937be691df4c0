import { page } from "#app/page.tsx";
export const wrong = page;
