import { isDnsSubdomain } from '@ushadow/kubernetes';
import { listAt, objectsIn, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';
import { isPathSegment } from './names.ts';

export const rbacRules: readonly TypeRule[] = [
  {
    rule: 'role',
    on: ['PolicyRule'],
    check({ verbs, apiGroups, resources, nonResourceURLs }, report) {
      if (listAt(verbs).length === 0) report('must not be empty', 'verbs');
      if (listAt(nonResourceURLs).length > 0) report('is only for roles of the whole cluster', 'nonResourceURLs');
      if (listAt(apiGroups).length === 0) report('must not be empty', 'apiGroups');
      if (listAt(resources).length === 0) report('must not be empty', 'resources');
    },
  },
  {
    rule: 'role-binding',
    on: ['RoleBinding'],
    check({ subjects }, report) {
      for (const [i, subject] of objectsIn(subjects)) {
        if (textAt(subject.name) === undefined) report('is required', 'subjects', i, 'name');
        else if (subject.kind === 'ServiceAccount' && !isDnsSubdomain(String(subject.name)))
          report('must be the name of a ServiceAccount', 'subjects', i, 'name');
        if (!['ServiceAccount', 'User', 'Group'].includes(String(subject.kind)))
          report('must be ServiceAccount, User or Group', 'subjects', i, 'kind');
      }
    },
  },
  {
    rule: 'role-binding',
    on: ['RoleRef'],
    check({ apiGroup, kind, name }, report) {
      if (textAt(apiGroup) !== undefined && apiGroup !== 'rbac.authorization.k8s.io')
        report('must be rbac.authorization.k8s.io', 'apiGroup');
      if (kind !== 'Role' && kind !== 'ClusterRole') report('must be Role or ClusterRole', 'kind');
      if (textAt(name) === undefined || !isPathSegment(String(name))) report('must be the name of a role', 'name');
    },
  },
];
