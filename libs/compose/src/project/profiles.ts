import { itemsOf, textOf } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';

export interface Divided {
  readonly enabled: ReadonlyMap<string, MapNode>;
  readonly disabled: ReadonlyMap<string, MapNode>;
}

/** Profiles as given, else those of COMPOSE_PROFILES. */
export function activeProfiles(
  given: readonly string[] | undefined,
  variables: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  if (given && given.length > 0) return new Set(given);
  return new Set((variables['COMPOSE_PROFILES'] ?? '').split(',').map((name) => name.trim()));
}

/** A service without profiles is always on; `*` switches everything on. */
export function divideByProfile(services: ReadonlyMap<string, Node>, active: ReadonlySet<string>): Divided {
  const enabled = new Map<string, MapNode>();
  const disabled = new Map<string, MapNode>();
  for (const [name, service] of services) {
    if (service.kind !== 'map') continue;
    const profiles = profilesOf(service);
    const on = profiles.length === 0 || active.has('*') || profiles.some((profile) => active.has(profile));
    (on ? enabled : disabled).set(name, service);
  }
  return { enabled, disabled };
}

export function profilesOf(service: MapNode): readonly string[] {
  return itemsOf(service.entries.get('profiles')).flatMap((profile) => textOf(profile) ?? []);
}
