import type { AccessRule } from '@ushadow/kubernetes';
import type { Right } from './features.ts';

/** What of these rights the rules do not give; verbs that are given are left out. */
export function missingRights(rights: readonly Right[], rules: readonly AccessRule[]): readonly Right[] {
  return rights
    .map((right) => ({
      ...right,
      verbs: right.verbs.filter((verb) => !rules.some((rule) => gives(rule, right, verb))),
    }))
    .filter((right) => right.verbs.length > 0);
}

/** Whether the rules allow everything: `*` on `*` in every group. */
export function allowsEverything(rules: readonly AccessRule[]): boolean {
  return rules.some((rule) => gives(rule, { group: '*', resource: '*', verbs: [] }, '*'));
}

function gives(rule: AccessRule, { group, resource }: Right, verb: string): boolean {
  // A rule for named objects does not let us list or create.
  if (rule.resourceNames.length > 0) return false;
  const [, subresource] = resource.split('/');
  const resources = ['*', resource, ...(subresource === undefined ? [] : [`*/${subresource}`])];
  return (
    includesAny(rule.apiGroups, ['*', group]) &&
    includesAny(rule.resources, resources) &&
    includesAny(rule.verbs, ['*', verb])
  );
}

const includesAny = (given: readonly string[], wanted: readonly string[]) => wanted.some((one) => given.includes(one));
