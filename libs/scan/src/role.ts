import { entryWords, memberWords, readOnlyWords } from './role-words.ts';
import { isRoleLabel } from './view/evidence-labels.ts';
import type { ServiceView } from './view/service-view.ts';
import { wordsOf } from './type-of-words.ts';

/** Which part of an installation a Service leads to; the better to connect to first. */
export const roles = ['entry', 'any', 'member', 'read-only'] as const;
export type Role = (typeof roles)[number];

const podLabels = ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'];

export function roleOf({ name, labels, selector }: ServiceView): Role {
  const named = wordsOf(name);
  const labelled = [...labels, ...selector].flatMap(([key, value]) => (isRoleLabel(key) ? wordsOf(value) : []));
  const all = [...named, ...labelled];
  if (all.some((word) => readOnlyWords.has(word))) return 'read-only';
  if (named.some((word) => memberWords.has(word)) || podLabels.some((label) => selector.has(label))) return 'member';
  return all.some((word) => entryWords.has(word)) ? 'entry' : 'any';
}
