import { auditDraft } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import type { AuditTrail } from '@ushadow/postgres';
import { runRotation, type KeyRing, type RotationResult, type SealedData } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';

interface Parts {
  readonly ring: KeyRing;
  readonly data: SealedData;
  readonly trail: AuditTrail;
  readonly say: (line: string) => void;
}

/** A rotation with an entry before its first write and one after its last: killed in between, the first one stands. */
export async function auditedRotation({ ring, data, trail, say }: Parts): Promise<RotationResult> {
  const problems = await trail.keyProblems();
  for (const problem of problems) say(problem);
  if (problems.length > 0) return 'ring-does-not-fit';
  const note = (result: 'accepted' | 'done' | 'failed') =>
    trail.postgres.transaction((queries) =>
      trail.append(queries, [
        {
          ...auditDraft({ action: 'keys.rotated', target: `key ${ring.current.id}`, details: { keys: [...ring.ids] } }),
          result,
        },
      ]),
    );
  return withRequestContext({ requestId: randomUUID(), actor: 'command:rotate-keys' }, async () => {
    await note('accepted');
    const result = await runRotation(ring, data, say);
    await note(result === 'done' ? 'done' : 'failed');
    return result;
  });
}
