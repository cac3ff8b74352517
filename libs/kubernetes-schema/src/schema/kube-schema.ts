import type { KubeStruct } from './kube-type.ts';
import { kubeVersions } from './kube-version.ts';
import type { KubeVersion } from './kube-version.ts';
import { gatewayApi } from './text/gateway-api.ts';
import { kubernetes135 } from './text/kubernetes-1.35.ts';
import { kubernetes136 } from './text/kubernetes-1.36.ts';
import { kubernetes137 } from './text/kubernetes-1.37.ts';
import { readStruct } from './type-text.ts';

/** The API of one Kubernetes version. */
export interface KubeSchema {
  readonly version: KubeVersion;
  /** The type of a kind, such as `apps/v1`, `Deployment`; undefined when the version does not serve it or we never emit it. */
  kind(apiVersion: string, kind: string): KubeStruct | undefined;
  /** Throws on a name the schema does not have: a schema refers only to its own types. */
  struct(name: string): KubeStruct;
}

const texts: Readonly<Record<KubeVersion, string>> = {
  '1.37': kubernetes137,
  '1.36': kubernetes136,
  '1.35': kubernetes135,
};

/** Newest first, each older version laid over the newer one; `-` takes a type away. */
function readLines(version: KubeVersion): Map<string, string> {
  const lines = new Map<string, string>();
  const newerFirst = kubeVersions.slice(0, kubeVersions.indexOf(version) + 1).map((v) => texts[v]);
  for (const text of [gatewayApi, ...newerFirst])
    for (const line of text.split('\n')) {
      const space = line.indexOf(' ');
      const rest = line.slice(space + 1);
      if (rest === '-') lines.delete(line.slice(0, space));
      else lines.set(line.slice(0, space), rest);
    }
  return lines;
}

function makeSchema(version: KubeVersion): KubeSchema {
  const lines = readLines(version);
  const structs = new Map<string, KubeStruct>();
  const struct = (name: string): KubeStruct => {
    let found = structs.get(name);
    if (!found) {
      const line = lines.get(name);
      if (line === undefined) throw new Error(`no type ${name} in the schema of Kubernetes ${version}`);
      found = readStruct(name, line);
      structs.set(name, found);
    }
    return found;
  };
  const kind = (apiVersion: string, name: string): KubeStruct | undefined => {
    const line = lines.get(`${apiVersion}/${name}`);
    return line?.startsWith('=') ? struct(line.slice(1)) : undefined;
  };
  return { version, kind, struct };
}

const schemas = new Map<KubeVersion, KubeSchema>();

/** The schema of a version; types are read when first asked for. */
export function kubeSchema(version: KubeVersion): KubeSchema {
  let schema = schemas.get(version);
  if (!schema) {
    schema = makeSchema(version);
    schemas.set(version, schema);
  }
  return schema;
}
