import { pointerSegments, type ComposeProject, type Position } from '@ushadow/compose';
import type { LoadedSource } from '../catalog/load-source.ts';
import type { GatheredService } from './gather-project.ts';

/** A place that needs a variable which has no value. */
export interface UnresolvedPlace {
  readonly name: string;
  /** Undefined for a part of the project that is no service's. */
  readonly service: string | undefined;
  readonly path: string;
  readonly position: Position | undefined;
  /** The file insists: `${X:?…}`. */
  readonly insists: boolean;
}

/** Every place in the selected services, and in what they use, that needs a variable without a value. */
export function unresolvedPlaces(
  { result }: LoadedSource,
  services: ReadonlyMap<string, GatheredService>,
  selected: ReadonlySet<string>,
): readonly UnresolvedPlace[] {
  const { project, templates } = result;
  const used = usedResources(project, selected);
  const outside = templates
    .filter(({ path, unset }) => unset.length > 0 && matters(path, project, selected, used))
    .flatMap(({ path, unset, references, position }) => {
      const [section, service] = pointerSegments(path);
      const owner = section === 'services' && service !== undefined && services.has(service) ? service : undefined;
      const required = new Set(references.filter(({ kind }) => kind === 'required').map(({ name }) => name));
      return unset.map((name): UnresolvedPlace => ({
        name,
        service: owner,
        path,
        position,
        insists: required.has(name),
      }));
    });
  const inside = [...selected].flatMap((service) => unresolvedOf(service, services.get(service)));
  return [...outside, ...inside];
}

/** In a container's environment it is only missing where no other source has the whole variable. */
function unresolvedOf(service: string, gathered: GatheredService | undefined): readonly UnresolvedPlace[] {
  const declarations = new Map(gathered?.declared.map((each) => [each.name, each]));
  const variables = new Map(gathered?.variables.map((each) => [each.name, each]));
  return (gathered?.unresolved ?? []).flatMap((variable) => {
    const declared = declarations.get(variable);
    const winner = variables.get(variable)?.winner;
    const path = `/services/${service}/environment/${variable}`;
    return (winner?.unset ?? declared?.unset ?? []).map((name): UnresolvedPlace => {
      const insists = declared?.references.some((each) => each.name === name && each.kind === 'required') ?? false;
      return { name, service, path, position: declared?.position, insists };
    });
  });
}

/** Keys that a cluster has no use for. */
const UNUSED = new Set(['build', 'develop', 'environment']);
const RESOURCES = new Set(['volumes', 'networks', 'configs', 'secrets']);

/** Not a part of the selection, or said elsewhere: an environment by its variables, an extension where it is used. */
function matters(
  path: string,
  project: ComposeProject | undefined,
  selected: ReadonlySet<string>,
  used: ReadonlySet<string>,
): boolean {
  const [section = '', name = '', key = ''] = pointerSegments(path);
  if (section.startsWith('x-')) return false;
  if (section === 'services') {
    const isKnown = [project?.services, project?.disabledServices].some((all) => all && Object.hasOwn(all, name));
    return !UNUSED.has(key) && !key.startsWith('x-') && (!isKnown || selected.has(name));
  }
  return !RESOURCES.has(section) || used.has(`${section}/${name}`);
}

/** What the selected services use, by section and key. */
function usedResources(project: ComposeProject | undefined, selected: ReadonlySet<string>): ReadonlySet<string> {
  const services = Object.entries({ ...project?.services, ...project?.disabledServices });
  const used = services.flatMap(([name, service]) => {
    if (!selected.has(name)) return [];
    return [
      ...(service.volumes ?? []).map(({ source }) => `volumes/${source ?? ''}`),
      ...Object.keys(service.networks ?? {}).map((network) => `networks/${network}`),
      ...(service.configs ?? []).map(({ source }) => `configs/${source}`),
      ...(service.secrets ?? []).map(({ source }) => `secrets/${source}`),
    ];
  });
  return new Set(used);
}
