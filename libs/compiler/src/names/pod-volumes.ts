import type { DesignedMount, PlacedService } from '../model/design.ts';
import { freeName } from './free-name.ts';

/**
 * One name in the pod for each source that is mounted there, and one for each folder that is copied: a volume of the
 * project, whose name is short, may be called like what another name comes to.
 */
export function namePodVolumes(services: readonly PlacedService[]): readonly PlacedService[] {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  const give = (text: string): string => {
    const name = freeName(text, (each) => taken.has(each));
    taken.add(name);
    return name;
  };
  const nameOf = ({ name, source }: DesignedMount): string => {
    const key = JSON.stringify([name, source]);
    // What is asked for is valid already, and stays as it is where it can.
    const known = given.get(key) ?? (taken.has(name) ? give(name) : name);
    given.set(key, known);
    taken.add(known);
    return known;
  };
  const renamed = services.map((designed) => designed.mounts.map((mount) => ({ ...mount, name: nameOf(mount) })));
  return services.map((designed, index) => ({
    ...designed,
    mounts: (renamed[index] ?? []).map((mount) =>
      mount.copied ? { ...mount, origin: give(`${mount.name}-files`) } : mount,
    ),
  }));
}
