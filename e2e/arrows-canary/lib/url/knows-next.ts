import { redirect } from "next/navigation";
export const wrong = redirect;
