/** Finds the exporter's configuration in whatever was pasted: the file alone, a ConfigMap around it, Helm values, another tool's resource. */
import type { LocatedMap } from "./go-yaml/located.ts";
import { readYaml } from "./go-yaml/read-yaml.ts";
import { isHelmCommand, valuesOfHelmCommand } from "./helm-command.ts";
import { readHelmValues } from "./helm-values.ts";
import { matchKey } from "./key-fold.ts";
import { at, listAt, textAt } from "./located-path.ts";
import { readOtherResource } from "./other-resource.ts";
import type { Pasted, PastedForm, PlacedRemark } from "./paste.ts";
import { SAME_TEXT, type ToPasted, throughOrigins } from "./text-places.ts";

const FILE_KEY = "flowlogs.yaml";

/** `flowlogs`: the text is the content of the key, whatever it looks like. */
export function findPasted(text: string, as: "auto" | "flowlogs"): Pasted {
  const file = readFile(text, SAME_TEXT, "flowlogs");
  if (as === "flowlogs") return file;
  if (isHelmCommand(text)) {
    const values = readYaml(JSON.stringify(valuesOfHelmCommand(text)));
    const read = values.value?.is === "map" ? readHelmValues(values.value) : undefined;
    if (read)
      return {
        ...file,
        ...read,
        fault: undefined,
        rest: undefined,
        toPasted: () => 0,
        remarks: [{ kind: "helm-command", at: undefined }, ...read.remarks],
      };
  }
  if (file.fault || file.root?.is !== "map") return file;
  return inMap(file.root, file);
}

function readFile(text: string, toPasted: ToPasted, form: PastedForm): Pasted {
  const read = readYaml(text);
  return { form, root: read.value, fault: read.fault, rest: read.rest, toPasted, remarks: [] };
}

function inMap(root: LocatedMap, file: Pasted): Pasted {
  const configMap = configMapIn(root);
  if (configMap) return ofConfigMap(configMap, file);
  if ([...root.entries.keys()].some((key) => matchKey(key, ["flowLogs"]))) return file;
  const helm = readHelmValues(root);
  if (helm) return { ...file, ...helm };
  const other = readOtherResource(root);
  return other ? { ...file, ...other } : { ...file, form: "other", remarks: [{ kind: "not-exporter", at: undefined }] };
}

/** The ConfigMap itself, or the one with the key in a list of several. */
function configMapIn(root: LocatedMap): LocatedMap | undefined {
  if (textAt(root, "kind") === "ConfigMap") return root;
  const maps = listAt(root, "items").filter((item): item is LocatedMap => item.is === "map" && textAt(item, "kind") === "ConfigMap");
  return maps.find((map) => at(map, "data", FILE_KEY) !== undefined) ?? maps[0];
}

function ofConfigMap(configMap: LocatedMap, outer: Pasted): Pasted {
  const content = at(configMap, "data", FILE_KEY);
  if (content?.is !== "scalar" || content.value.is !== "text") {
    return { ...outer, form: "config-map", root: undefined, remarks: [{ kind: "no-key-in-config-map", at: at(configMap, "data") }] };
  }
  const inner = readFile(content.value.value, throughOrigins(content.origins, outer.toPasted), "config-map");
  const remarks: PlacedRemark[] = [];
  const name = textAt(configMap, "metadata", "name");
  if (name !== undefined && name !== "cilium-flowlog-config") {
    remarks.push({ kind: "other-name-of-config-map", at: undefined });
  }
  const owner = at(configMap, "metadata", "labels", "app.kubernetes.io/managed-by");
  if (textAt(configMap, "metadata", "labels", "app.kubernetes.io/managed-by") === "Helm")
    remarks.push({ kind: "helm-owned", at: owner, outside: true });
  if (inner.root?.is === "map" && configMapIn(inner.root)) remarks.push({ kind: "config-map-in-key", at: inner.root });
  else if (inner.root?.is === "map" && readHelmValues(inner.root)) remarks.push({ kind: "helm-values-in-key", at: inner.root });
  return { ...inner, remarks };
}
