import { numberAt } from '@ushadow/kubernetes';
import type { Entry } from '../tree/entry.ts';
import { count } from '../tree/tally.ts';

/** True for a ReplicaSet of a former revision of which nothing is left: people have no use for it. */
export function isFormer({ seen: { kind, object }, sum, parent }: Entry): boolean {
  if (kind !== 'ReplicaSet' || parent === undefined || count(sum, 'pods') > 0) return false;
  return numberAt(object, ['spec', 'replicas'], 1) === 0 && numberAt(object, ['status', 'replicas']) === 0;
}
