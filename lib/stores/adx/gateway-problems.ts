/** What the SDK throws, as a problem that says what to do. The thrown object holds the token and is dropped here; nothing of it goes further. */
import { z } from "zod";
import type { Problem } from "#lib/questions/answer.ts";

/** What is read of a thrown error, and nothing else. */
const thrownSchema = z.looseObject({
  name: z.string().catch(""),
  message: z.string().catch(""),
  code: z.string().catch(""),
  tokenProviderName: z.string().optional().catch(undefined),
  response: z.looseObject({ status: z.number(), headers: z.unknown(), data: z.unknown() }).optional().catch(undefined),
});
const serviceErrorSchema = z.object({ error: z.object({ code: z.string().catch(""), "@message": z.string().catch("") }) });
const retryAfterSchema = z.object({ "retry-after": z.coerce.number().min(0) });

export interface Trouble {
  readonly problem: Problem;
  /** Milliseconds after which asking again may help; undefined = it would not. */
  readonly retryInMs: number | undefined;
}

export function troubleOf(thrown: unknown): Trouble {
  const inner = innerOf(thrown);
  const read = thrownSchema.safeParse(inner);
  const error = read.success ? read.data : { name: "", message: "", code: "", tokenProviderName: undefined, response: undefined };
  if (error.tokenProviderName !== undefined || error.name.includes("Authentication") || error.name === "CredentialUnavailableError")
    return SIGN_IN;
  const status = error.response?.status;
  if (status !== undefined) return ofStatus(status, error.response?.data, error.response?.headers);
  if (error.code === "ECONNABORTED" || error.code === "ETIMEDOUT") return TIMED_OUT;
  if (error.code === "ECONNRESET" || error.code === "EPIPE") return { problem: unreachable("The connection was cut."), retryInMs: 50 };
  if (error.message.startsWith("Can't communicate with")) return NOT_TRUSTED;
  if (error.message.startsWith("Failed to parse response")) return UNREADABLE;
  return {
    problem: unreachable(error.code === "" ? "No connection came about." : `The connection failed (${plain(error.code)}).`),
    retryInMs: undefined,
  };
}

/** Throttling and sign-in errors carry the HTTP error inside. */
function innerOf(thrown: unknown): unknown {
  if (typeof thrown !== "object" || thrown === null || !("inner" in thrown)) return thrown;
  return "tokenProviderName" in thrown || thrown.inner === undefined ? thrown : thrown.inner;
}

function ofStatus(status: number, body: unknown, headers: unknown): Trouble {
  if (status === 401 || status === 403) return status === 401 ? SIGN_IN : NOT_ALLOWED;
  if (status === 429) {
    const wait = retryAfterSchema.safeParse(headers);
    return { problem: THROTTLED, retryInMs: (wait.success ? wait.data["retry-after"] : 1) * 1000 };
  }
  if (status >= 300 && status < 400) return REDIRECTED;
  const read = serviceErrorSchema.safeParse(body);
  const told = read.success ? read.data.error : { code: "", "@message": "" };
  if (status >= 502 && status <= 504) return { problem: unreachable(`It answered ${status}.`), retryInMs: 200 };
  return { problem: serviceProblem(told.code, told["@message"]), retryInMs: undefined };
}

export const DATABASE_MISSING = "The cluster has no such database.";

/** A problem from the service's own code and words. */
export function serviceProblem(code: string, message: string): Problem {
  if (/TOO_LARGE|RUNAWAY|LOW_MEMORY|exceeded/i.test(`${code} ${message}`)) {
    return {
      kind: "too-much",
      title: "This is more than Azure Data Explorer answers at once.",
      detail: `The cluster gave up: ${plain(message) || plain(code)}.`,
      next: "Choose a shorter time, or narrow the filter.",
    };
  }
  if (/EntityNotFound|kind 'Database'/i.test(`${code} ${message}`)) {
    return {
      kind: "unavailable",
      title: DATABASE_MISSING,
      detail: `It says: ${plain(message) || plain(code)}`,
      next: "Check --adx-database, and that it lies in this cluster (--adx-cluster).",
    };
  }
  if (/timeout|timed out/i.test(`${code} ${message}`)) return TIMED_OUT.problem;
  return {
    kind: "unavailable",
    title: "Azure Data Explorer refused the question.",
    detail: `It says: ${plain(message) || plain(code) || "nothing"}`,
    next: "Check the database, the table and the shape (--adx-database, --adx-table, --adx-shape); the page on coverage tells which check fails.",
  };
}

/** Bounded, one line, and free of anything that looks like a token. */
function plain(text: string): string {
  const short = text.replace(/\s+/g, " ").trim().slice(0, 400);
  return short.replace(/Bearer\s+\S+/gi, "Bearer …").replace(/\beyJ[\w-]{8,}(\.[\w-]+)*/g, "…");
}

function unreachable(detail: string): Problem {
  return {
    kind: "unavailable",
    title: "Azure Data Explorer cannot be reached.",
    detail,
    next: "Check the address (--adx-cluster) and the network between Weir and the cluster, then try again.",
  };
}

export const SIGN_IN: Trouble = {
  problem: {
    kind: "unavailable",
    title: "Weir could not sign in at Azure Data Explorer.",
    detail: "No token could be had, or the cluster did not accept it.",
    next: "Check the kind of sign-in (--adx-sign-in) and the identity that Weir runs as.",
  },
  retryInMs: undefined,
};
export const NOT_ALLOWED: Trouble = {
  problem: {
    kind: "unavailable",
    title: "Weir may not read this database.",
    detail: "Azure Data Explorer knows who asks and refuses.",
    next: "Give Weir's identity the role viewer: .add database … viewers ('aadapp=<client id>;<tenant id>').",
  },
  retryInMs: undefined,
};
const THROTTLED: Problem = {
  kind: "too-much",
  title: "Azure Data Explorer is busy.",
  detail: "The cluster takes no more questions for the moment (429).",
  next: "Try again in a few seconds.",
};
const TIMED_OUT: Trouble = {
  problem: {
    kind: "timeout",
    title: "Azure Data Explorer took too long.",
    detail: "The question was given up and cancelled at the cluster.",
    next: "Choose a shorter time, or narrow the filter. --adx-timeout allows more seconds.",
  },
  retryInMs: undefined,
};
const REDIRECTED: Trouble = {
  problem: {
    kind: "unavailable",
    title: "Something else answers at this address.",
    detail: "The cluster's address redirects elsewhere, as a proxy's sign-in page does; Weir follows no redirects.",
    next: "Check --adx-cluster, and that no proxy stands in between.",
  },
  retryInMs: undefined,
};
const NOT_TRUSTED: Trouble = {
  problem: {
    kind: "unavailable",
    title: "This host is not trusted with a token.",
    detail: "The cluster's host name is none of Microsoft's.",
    next: "If it is a private name of your own cluster, allow it with --adx-trust-host.",
  },
  retryInMs: undefined,
};
export const UNREADABLE: Trouble = {
  problem: {
    kind: "unavailable",
    title: "The answer of Azure Data Explorer cannot be read.",
    detail: "It is cut short, or no answer of Azure Data Explorer at all.",
    next: "Try again; if it stays, check that no proxy stands between Weir and the cluster.",
  },
  retryInMs: undefined,
};
export const CANCELLED: Problem = {
  kind: "timeout",
  title: "The question was called off.",
  detail: "Nobody waits for the answer any more.",
  next: "Ask again.",
};
