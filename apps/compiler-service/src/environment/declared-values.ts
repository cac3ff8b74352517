import { substitute, type DeclaredVariable } from '@ushadow/compose';
import type { DeclaredValue } from '@ushadow/environment';
import type { CatalogEntry } from '../catalog/catalog.ts';
import type { LoadedSource } from '../catalog/load-source.ts';

export interface DeclaredEntry extends DeclaredValue {
  readonly position: DeclaredVariable['position'];
}

/** The variables a service declares, with what its file alone would give them; placeholders stay out. */
export function declaredValues(entry: CatalogEntry, { result }: LoadedSource): DeclaredEntry[] {
  const { project } = result;
  const service = project?.services[entry.name] ?? project?.disabledServices?.[entry.name];
  const declared = new Map(result.declaredEnvironment[entry.name]?.map((variable) => [variable.name, variable]));
  return Object.entries(service?.environment ?? {}).map(([name, loaded]) => {
    const { template = null, references = [], position, origin } = declared.get(name) ?? {};
    // What an env file says was filled by its own rules.
    const filled =
      origin === 'env_file'
        ? { value: loaded, unset: [] }
        : fillTemplate(template, loaded, result.interpolationEnvironment);
    return { name, template, references, position, ...filled };
  });
}

/** Filled anew without placeholders; the loader's own value where there is nothing to fill. */
function fillTemplate(
  template: string | null,
  loaded: string | null,
  interpolation: Readonly<Record<string, string>>,
): Pick<DeclaredValue, 'value' | 'unset'> {
  if (template === null || !template.includes('$')) return { value: loaded, unset: [] };
  const unset = new Set<string>();
  const lookup = (name: string) => (Object.hasOwn(interpolation, name) ? interpolation[name] : undefined);
  const filled = substitute(template, lookup, (name) => unset.add(name));
  if ('missing' in filled) return { value: '', unset: [filled.missing] };
  return { value: 'value' in filled ? filled.value : loaded, unset: [...unset] };
}
