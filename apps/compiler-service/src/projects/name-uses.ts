import { pointerSegments, type Position, type VariableReference } from '@ushadow/compose';
import type { LoadedSource } from '../catalog/load-source.ts';
import type { GatheredService } from './gather-project.ts';

/** One `${NAME}` in one line of a file. */
export interface NameUse {
  readonly reference: VariableReference;
  readonly path: string;
  readonly position: Position | undefined;
  /** Undefined for a part of the project that is no service's. */
  readonly service: string | undefined;
}

/** Every `${NAME}` of a project by name: in Compose files, and in the env files of services. */
export function nameUses(
  { result }: LoadedSource,
  services: ReadonlyMap<string, GatheredService>,
): ReadonlyMap<string, readonly NameUse[]> {
  const written = result.templates
    // An extension speaks where it is used, with the same place in the file.
    .filter(({ path }) => !path.startsWith('/x-'))
    .flatMap(({ path, references, position }) => {
      const [section, name] = pointerSegments(path);
      const service = section === 'services' && name !== undefined && services.has(name) ? name : undefined;
      return references.map((reference): NameUse => ({ reference, path, position, service }));
    });
  const inEnvFiles = [...services].flatMap(([service, { declared }]) =>
    declared
      .filter(({ origin }) => origin === 'env_file')
      .flatMap(({ name, references, position }) =>
        references.map((reference): NameUse => {
          const path = `/services/${service}/environment/${name}`;
          return { reference, path, position, service };
        }),
      ),
  );
  const uses = Map.groupBy([...written, ...inEnvFiles], ({ reference }) => reference.name);
  return new Map([...uses].map(([name, all]) => [name, oncePerPlace(all)]));
}

/** A text that refers to a name twice is one place. */
function oncePerPlace(uses: readonly NameUse[]): readonly NameUse[] {
  const places = new Map<string, NameUse>();
  for (const use of uses) {
    const { path, position } = use;
    const key = `${path} ${position?.file ?? ''}:${String(position?.line)}:${String(position?.column)}`;
    if (!places.has(key)) places.set(key, use);
  }
  return [...places.values()];
}
