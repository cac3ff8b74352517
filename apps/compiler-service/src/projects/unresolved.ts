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
  const outside = templates
    .filter(({ path, unset }) => unset.length > 0 && matters(path, project, selected))
    .flatMap(({ path, unset, references, position }) => {
      const [section, service] = pointerSegments(path);
      const owner = section === 'services' && service !== undefined && services.has(service) ? service : undefined;
      return unset.map((name): UnresolvedPlace => {
        const insists = references.some((each) => each.name === name && each.kind === 'required');
        return { name, service: owner, path, position, insists };
      });
    });
  const inside = [...selected].flatMap((service) => unresolvedOf(service, services.get(service)));
  return [...outside, ...inside];
}

/** In a container's environment it is only missing where no other source has the whole variable. */
function unresolvedOf(service: string, gathered: GatheredService | undefined): readonly UnresolvedPlace[] {
  return (gathered?.unresolved ?? []).flatMap((variable) => {
    const declared = gathered?.declared.find(({ name }) => name === variable);
    const winner = gathered?.variables.find(({ name }) => name === variable)?.winner;
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
function matters(path: string, project: ComposeProject | undefined, selected: ReadonlySet<string>): boolean {
  const [section = '', name = '', key = ''] = pointerSegments(path);
  if (section.startsWith('x-')) return false;
  if (section === 'services') {
    const isKnown = Object.hasOwn({ ...project?.services, ...project?.disabledServices }, name);
    return !UNUSED.has(key) && !key.startsWith('x-') && (!isKnown || selected.has(name));
  }
  return !RESOURCES.has(section) || isUsed(section, name, project, selected);
}

function isUsed(
  section: string,
  key: string,
  project: ComposeProject | undefined,
  selected: ReadonlySet<string>,
): boolean {
  const users = Object.entries({ ...project?.services, ...project?.disabledServices }).filter(([, service]) => {
    if (section === 'volumes') return service.volumes?.some(({ source }) => source === key) ?? false;
    if (section === 'networks') return Object.hasOwn(service.networks ?? {}, key);
    const grants = section === 'configs' ? service.configs : service.secrets;
    return grants?.some(({ source }) => source === key) ?? false;
  });
  return users.some(([name]) => selected.has(name));
}
