import { canonicalYaml, fileNames, formatObjectId, objectId } from '@ushadow/kubernetes';
import type { StackObjects } from '../content/stack-content.ts';
import { maskedObjects } from './masked-objects.ts';

/** One object as a file. */
export interface ManifestFile {
  readonly name: string;
  /** `Kind/namespace/name` */
  readonly object: string;
  readonly services: readonly string[];
  readonly yaml: string;
}

/**
 * The manifests of a content, by name, with nothing secret in them.
 *
 * @param taken names that are somebody else's
 */
export function manifestFiles(
  content: StackObjects,
  redact: (text: string) => string,
  taken?: ReadonlySet<string>,
): ManifestFile[] {
  const objects = content.objects.map(({ object }) => object);
  const names = fileNames(objects, 'yaml', taken);
  const shown = maskedObjects(content, redact);
  return content.objects
    .map(({ services }, index): ManifestFile[] => {
      const [name, object] = [names[index], shown[index]];
      if (name === undefined || object === undefined) return [];
      return [{ name, object: formatObjectId(objectId(object)), services, yaml: canonicalYaml(object) }];
    })
    .flat()
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
