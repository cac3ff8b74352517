import type { Evidence } from '@ushadow/diagnose';
import type { Permission } from './permissions.ts';
import { roleYaml } from './permissions.ts';

const DENIAL =
  /cannot (?<verb>\S+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?/;

/** What an account lacks, in the words of RBAC's refusal; undefined for other refusals. */
export function readDenial(message: string): Permission | undefined {
  const { verb, resource, group = '', namespace = '' } = DENIAL.exec(message)?.groups ?? {};
  return verb === undefined || resource === undefined ? undefined : { verb, resource, group, namespace };
}

/** The missing permissions, and the role that grants them, to hand to an administrator. */
export function grantFor(...missing: readonly (Permission | undefined)[]): Evidence[] {
  const known = missing.filter((permission) => permission !== undefined);
  if (known.length === 0) return [];
  const names = known.map(({ verb, resource, group }) => `${verb} ${group === '' ? resource : `${resource}.${group}`}`);
  return [
    { kind: 'response', path: 'missing permissions', value: names.join(', ') },
    { kind: 'response', path: 'role that grants them', value: roleYaml(known) },
  ];
}
