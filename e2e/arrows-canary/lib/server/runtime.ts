import { stub } from "#lib/testing/stub.ts";
export const runtime = stub;
