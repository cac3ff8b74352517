import { dnsLabel, isDnsLabel, isDnsSubdomain } from '@ushadow/kubernetes';
import { uniqueNames } from '../names/unique-names.ts';

interface Named {
  /** The resource's own name, `{project}_{key}` unless the file gives another. */
  readonly name: string;
}

/**
 * Names of the objects that volumes, configs and secrets become: `{project}-{key}`, so that two projects in one
 * namespace never share one by accident; a name that the file gives is kept.
 */
export function resourceNames(
  project: string,
  resources: Readonly<Record<string, Named>>,
): ReadonlyMap<string, string> {
  const keys = uniqueNames(Object.keys(resources));
  return new Map(
    Object.entries(resources).map(([key, { name }]) => {
      if (isGivenName(project, key, { name })) return [key, isDnsSubdomain(name) ? name : dnsLabel(name)];
      const usual = `${project.replace(/_/g, '-')}-${keys.get(key) ?? key}`;
      return [key, isDnsLabel(usual) ? usual : dnsLabel(usual)];
    }),
  );
}

/** The file says what it is called. */
export function isGivenName(project: string, key: string, { name }: Named): boolean {
  return name !== `${project}_${key}`;
}

/** The name inside a pod of what is mounted at one target of a service: hashed, so that no two are alike. */
export function mountName(service: string, target: string): string {
  return dnsLabel(`${service}${target}`);
}
