import type { AuditDraft } from './audit-record.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { ChainHead } from './seal.ts';
import type { Exported } from './export-trail.ts';
import { trimDetails } from './trim.ts';

const BATCH = 5_000;

/**
 * Removes what an export holds and what is old, as the owner of the trail. The entry that says so comes first, so that the
 * trail verifies from wherever this is ended, and never is empty.
 *
 * @returns up to which entry they are gone, undefined where there was nothing to remove
 * @throws Error in one sentence where the export does not fit the trail
 */
export async function trimTrail(
  trail: AuditTrail,
  exported: Exported,
  draftOf: (details: AuditDraft['details']) => AuditDraft,
): Promise<ChainHead | undefined> {
  const { service, from, old, broken } = exported;
  if (broken !== undefined) throw new Error(`the export is broken: ${broken.message}`);
  if (service !== trail.service) throw new Error(`the export is of the ${service}-service`);
  const [oldest] = await trail.following(0, 1);
  if (oldest === undefined || old.sequence < oldest.sequence) return undefined;
  if (from.sequence >= oldest.sequence)
    throw new Error(
      `the export begins after entry ${String(from.sequence)}, the trail with entry ${String(oldest.sequence)}: name the exports before it as well`,
    );
  if ((await trail.at(old.sequence))?.seal !== old.seal)
    throw new Error(`entry ${String(old.sequence)} of the trail is another one than that of the export`);
  if (await trail.hasUntold(old.sequence))
    throw new Error(`the stream was not told of all entries up to ${String(old.sequence)}: start the service first`);
  const trim = { last: old, formerKeys: exported.formerKeys(trail.keys.current.id) };
  await trail.postgres.transaction((queries) => trail.append(queries, [draftOf(trimDetails(trim))]));
  for (;;) if ((await trail.remove(old.sequence, BATCH)) < BATCH) return old;
}
