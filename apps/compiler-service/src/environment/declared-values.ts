import { substitute, type ComposeProject, type DeclaredVariable, type LoadResult } from '@ushadow/compose';
import type { DeclaredValue } from '@ushadow/environment';
import type { LoadedSource } from '../catalog/load-source.ts';

export interface DeclaredEntry extends DeclaredValue {
  readonly position: DeclaredVariable['position'];
}

type Variables = Readonly<Record<string, string>>;

/**
 * The variables a service declares, with what its file alone would give them: neither placeholders nor values that somebody
 * has chosen come in. `fixed`: variables that nobody chooses.
 */
export function declaredValues(service: string, { result }: LoadedSource, fixed: Variables): DeclaredEntry[] {
  const declared = new Map(ownOf(result.declaredEnvironment, service)?.map((variable) => [variable.name, variable]));
  return Object.entries(serviceOf(result.project, service)?.environment ?? {}).map(([name, loaded]) => {
    const known = declared.get(name);
    const { template = null, references = [], position, origin } = known ?? {};
    return { name, template, references, position, origin, ...valueOf(name, known, loaded, fixed) };
  });
}

export function serviceOf(project: ComposeProject | undefined, name: string) {
  return ownOf(project?.services, name) ?? ownOf(project?.disabledServices, name);
}

function valueOf(
  name: string,
  declared: LoadResult['declaredEnvironment'][string][number] | undefined,
  loaded: string | null,
  fixed: Variables,
): Pick<DeclaredValue, 'value' | 'unset'> {
  // What an env file says was filled by its own rules.
  if (declared === undefined || declared.origin === 'env_file') return { value: loaded, unset: [] };
  const { template } = declared;
  if (template === null) return { value: ownOf(fixed, name) ?? null, unset: [] };
  if (!template.includes('$')) return { value: loaded, unset: [] };
  const unset = new Set<string>();
  const filled = substitute(
    template,
    (reference) => ownOf(fixed, reference),
    (reference) => unset.add(reference),
  );
  if ('missing' in filled) return { value: '', unset: [filled.missing] };
  return { value: 'value' in filled ? filled.value : loaded, unset: [...unset] };
}
/** The entry of a record, never what every object has: names of variables are anybody's, `constructor` among them. */
export function ownOf<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
