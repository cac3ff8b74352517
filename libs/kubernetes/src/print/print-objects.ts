import type { KubeObject } from '../object.ts';
import { prettyJson } from './canonical-json.ts';
import { canonicalYamlStream } from './canonical-yaml.ts';

/** All objects as one YAML stream, in their order. */
export function printYaml(objects: readonly KubeObject[]): string {
  return canonicalYamlStream(objects);
}

/** All objects as one JSON List. */
export function printJson(objects: readonly KubeObject[]): string {
  return prettyJson({ apiVersion: 'v1', kind: 'List', items: objects });
}

/**
 * A file name for each object, in their order: `{service}-{kind}.yaml` (R102); where that would give two files one
 * name, the object's own name takes the place of the service's.
 */
export function fileNames(objects: readonly KubeObject[], extension = 'yaml'): readonly string[] {
  const usual = objects.map((object) => `${serviceOf(object)}-${object.kind.toLowerCase()}`);
  const counts = new Map<string, number>();
  for (const name of usual) counts.set(name, (counts.get(name) ?? 0) + 1);
  return objects.map((object, index) => {
    const name = usual[index] ?? '';
    const own = (counts.get(name) ?? 0) > 1 ? `${object.metadata.name}-${object.kind.toLowerCase()}` : name;
    return `${own}.${extension}`;
  });
}

function serviceOf(object: KubeObject): string {
  return object.metadata.labels?.['app.kubernetes.io/name'] ?? object.metadata.name;
}
