import type { CompileResult } from '@ushadow/compiler';
import type { CatalogEntry } from '../catalog/catalog.ts';

/** The name that all objects of a service carry in `app.kubernetes.io/name`. */
export function deployedName(entry: CatalogEntry, result: CompileResult): string {
  const labelled = result.objects.find((object) => object.metadata.labels?.['app.kubernetes.io/name'] !== undefined);
  return labelled?.metadata.labels?.['app.kubernetes.io/name'] ?? entry.name;
}
