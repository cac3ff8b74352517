import type { KeyRing } from '../key-ring.ts';
import { rotateKeys, type RotationReport, type StoreRotation } from './rotate-keys.ts';
import { verifyKeyRing, type SealedData } from './verify-key-ring.ts';

const SHOWN_IDS = 10;

export type RotationResult = 'done' | 'not-done' | 'ring-does-not-fit';

/** How a service’s command ends, by which who runs several of them knows. */
export const rotationExitCodes: Readonly<Record<RotationResult, number>> = {
  done: 0,
  'not-done': 1,
  'ring-does-not-fit': 3,
};

/**
 * All that a service's command does: the ring is compared with the data, then every envelope is wrapped anew, and `say`
 * hears a line for each step. `done` when everything can be read with the current key afterwards.
 */
export async function runRotation(
  ring: KeyRing,
  data: SealedData,
  say: (line: string) => void,
): Promise<RotationResult> {
  const problems = await verifyKeyRing(ring, data);
  for (const problem of problems) say(problem);
  if (problems.length > 0) return 'ring-does-not-fit';
  const report = await rotateKeys(ring, data, ({ store, done, total }) =>
    say(`${store}: ${String(done)} of ${String(total)}`),
  );
  for (const line of describeRotation(report, ring.current.id)) say(line);
  const isDone = report.stores.every(({ unreadable, keys }) => {
    return unreadable.length === 0 && keys.every(({ keyId }) => keyId === ring.current.id);
  });
  return isDone ? 'done' : 'not-done';
}

/** The report in words: counts for each store and key, and which keys may leave the ring. */
export function describeRotation(report: RotationReport, currentId: string): readonly string[] {
  return [
    ...report.stores.flatMap((store) => describeStore(store, currentId)),
    ...report.retired.map((keyId) => `nothing here needs key ${keyId} any more`),
  ];
}

function describeStore({ store, rewrapped, unreadable, keys }: StoreRotation, currentId: string): string[] {
  const count = keys.find(({ keyId }) => keyId === currentId)?.count ?? 0;
  const left = keys.filter(({ keyId }) => keyId !== currentId);
  const more = unreadable.length > SHOWN_IDS ? ` and ${String(unreadable.length - SHOWN_IDS)} more` : '';
  return [
    `${store}: ${String(rewrapped)} wrapped now, ${String(count)} under key ${currentId}`,
    ...left.map(
      ({ keyId, count: rest }) =>
        `${store}: ${String(rest)} still under key ${keyId}; run it again when every process has the new key in front`,
    ),
    ...(unreadable.length === 0
      ? []
      : [`${store}: no key opens ${unreadable.slice(0, SHOWN_IDS).join(', ')}${more}; enter them again`]),
  ];
}
