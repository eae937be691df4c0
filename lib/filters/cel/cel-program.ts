/**
 * CEL expressions over a flow's message, compiled and run. Parsing and running are @bufbuild/cel's, the type check is ours (it has none).
 * Where it is not certain that an agent would say the same, the expression is `unsupported` rather than guessed.
 */
import { celEnv, objectType, parse, plan } from "@bufbuild/cel";
import { create, fromJson, type JsonValue, type MessageShape } from "@bufbuild/protobuf";
import { type CelTest, type CiliumVersion, type ProblemClass, shortened } from "../criterion.ts";
import { checkCel, type Expression } from "./cel-check.ts";
import { CONVERSIONS } from "./cel-conversions.ts";
import { readCel, tooHeavy } from "./cel-limits.ts";
import { typeText } from "./cel-type.ts";
import { flowDescriptor, flowRegistry } from "./flow-descriptor.ts";
import { PACKAGE } from "./flow-schema.ts";

type FlowMessage = MessageShape<typeof flowDescriptor>;
type Compiled = { readonly built: CelTest } | { readonly reason: string; readonly class?: ProblemClass };

const ENV = celEnv({ namespace: PACKAGE, registry: flowRegistry, funcs: CONVERSIONS, variables: { _flow: objectType(flowDescriptor) } });

const EMPTY = create(flowDescriptor);
/** Several expressions ask the same line. */
const messages = new WeakMap<object, FlowMessage>();

/** An expression that agents of this release would build and whose outcome here is theirs. */
export function compileCel(text: string, version: CiliumVersion): Compiled {
  const source = readCel(text);
  if ("reason" in source) return source.class ? { reason: source.reason, class: source.class } : failed(source.reason);
  const parsed = parsedCel(source.text);
  if ("reason" in parsed) return parsed;
  const checked = checkCel(parsed.expression, version);
  if ("reason" in checked) return failed(checked.reason);
  const { type, unsure } = checked;
  if (type.is !== "scalar" || type.name !== "bool") return failed(`got "${typeText(type)}", wanted "bool" result type`);
  const heavy = unsure ?? tooHeavy(parsed.expression);
  if (heavy !== undefined) return { reason: heavy, class: "unsupported" };
  const run = plan(ENV, parsed.expression);
  return {
    built: (json) => {
      const message = flowMessageOf(json);
      const outcome = message && run({ _flow: message });
      return typeof outcome === "boolean" ? outcome : undefined;
    },
  };
}

/**
 * Unknown fields and names are left out, as an agent of another release would have left them out. An empty message for what is no object,
 * undefined for an object that no agent writes.
 */
function flowMessageOf(json: unknown): FlowMessage | undefined {
  if (!isJsonObject(json)) return EMPTY;
  const known = messages.get(json);
  if (known) return known;
  const { extensions: _, ...fields } = json;
  try {
    const message = fromJson(flowDescriptor, fields, { ignoreUnknownFields: true });
    messages.set(json, message);
    return message;
  } catch {
    return undefined;
  }
}

function parsedCel(text: string): { readonly expression: Expression } | { readonly reason: string; readonly class?: "unsupported" } {
  try {
    return { expression: parse(text).expr };
  } catch (fault) {
    if (fault instanceof RangeError) return { reason: "an expression nested this deep is not previewed", class: "unsupported" };
    return failed(fault instanceof Error ? fault.message : String(fault));
  }
}

function failed(reason: string): { readonly reason: string } {
  return { reason: `error compiling CEL expression: ${shortened(reason)}` };
}

function isJsonObject(json: unknown): json is { readonly [key: string]: JsonValue } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
