import type { Failure } from '@ushadow/deploy-engine';
import { objectId, objectKey } from '@ushadow/kubernetes';
import { claimantOf, type OwnedEntry } from './owned-entry.ts';
import type { Step } from './step.ts';

/** Claims that were named to be deleted and that this step keeps, each with the reason: nobody is to believe them gone. */
export function claimsThatStay(named: readonly string[], step: Step): Failure[] {
  const claims = [...step.inventory, ...step.aside].filter(({ object }) => object.kind === 'PersistentVolumeClaim');
  return named.flatMap((name): Failure[] => {
    const entry = claims.find(({ object }) => object.name === name);
    const reason = entry === undefined ? 'the stack has no such claim' : reasonToStay(entry, step);
    if (reason === undefined) return [];
    const message = `PersistentVolumeClaim/${name} is not deleted: ${reason}`;
    return [{ code: 'PRUNE_REFUSED', message, ...(entry === undefined ? {} : { object: entry.object }), evidence: [] }];
  });
}

/** Undefined: it goes. */
function reasonToStay({ object, services }: OwnedEntry, { next, aside }: Step): string | undefined {
  const key = objectKey(object);
  const wanted = next.objects.find((each) => objectKey(objectId(each.object)) === key) ?? claimantOf(object, next);
  if (wanted !== undefined) return `${wanted.services.join(', ')} still uses it`;
  if (!aside.some((each) => objectKey(each.object) === key)) return undefined;
  return `it is of ${services?.join(', ') ?? 'services that are not known'}, which this is not all about`;
}
