import type { KubeObject } from '../object.ts';
import { shortened } from '../names/shortened.ts';
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

/** File systems take 255 bytes; what is added has room. */
const STEM_MAX = 220;

/**
 * A file name for each object, in their order: `{service}-{kind}.yaml` (R102); where that would give two files one
 * name, the object's own name takes the place of the service's. None leads out of a folder, whatever the objects are called.
 *
 * @param taken names that are somebody else's
 */
export function fileNames(
  objects: readonly KubeObject[],
  extension = 'yaml',
  taken: ReadonlySet<string> = new Set(),
): readonly string[] {
  const usual = objects.map((object) => stemOf(serviceOf(object), object));
  const counts = new Map<string, number>();
  for (const name of usual) counts.set(name, (counts.get(name) ?? 0) + 1);
  const used = new Set(taken);
  return objects.map((object, index) => {
    const name = usual[index] ?? '';
    const isFree = counts.get(name) === 1 && !taken.has(`${name}.${extension}`);
    const stem = isFree ? name : stemOf(object.metadata.name, object);
    let file = `${stem}.${extension}`;
    for (let more = 2; used.has(file); more += 1) file = `${stem}-${String(more)}.${extension}`;
    used.add(file);
    return file;
  });
}

function stemOf(name: string, { kind }: KubeObject): string {
  const text = `${name}-${kind.toLowerCase()}`.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^[._-]+/, '');
  return text.length > STEM_MAX ? shortened(text, text, STEM_MAX) : text;
}

function serviceOf(object: KubeObject): string {
  return object.metadata.labels?.['app.kubernetes.io/name'] ?? object.metadata.name;
}
