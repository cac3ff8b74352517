import { canonicalYamlStream } from '@ushadow/kubernetes';
import type { Feature, Right } from './features.ts';
import { roleObjects, subjectOf } from './role-objects.ts';

/** Role and binding that give these rights to whom the API server takes the credential for. */
export function roleYaml(
  feature: Feature,
  rights: readonly Right[],
  namespace: string,
  identity: string | undefined,
): string {
  const place = feature.scope === 'cluster' ? undefined : namespace;
  const subject = subjectOf(identity, namespace);
  // Two ServiceAccounts that are given different parts of a feature must not overwrite each other's role.
  const name = ['ushadow', feature.feature, ...(subject.name === 'ushadow' ? [] : [subject.name])].join('-');
  return canonicalYamlStream(roleObjects(name.replace(/[^A-Za-z0-9.:_-]+/g, '-'), rights, subject, place));
}
