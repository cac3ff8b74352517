import type { EnvelopeStore, KeyUse, StoredEnvelope } from '@ushadow/secrets';
import type { Database } from '../store/database.store.ts';
import { desiredBinding } from './desired-state.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The objects of every deployment, for the rotation of keys. */
export class DesiredEnvelopes implements EnvelopeStore {
  readonly name = 'objects of deployments';
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    return this.database.$queryRaw<KeyUse[]>`
      SELECT desired_key_id AS "keyId", count(*)::int AS count FROM deployments GROUP BY 1 ORDER BY 1`;
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const rows = await this.database.$queryRaw<{ id: string; desired: string }[]>`
      SELECT id::text AS id, desired FROM deployments
      WHERE desired_key_id = ${keyId} AND id > ${after ?? FIRST}::uuid ORDER BY deployments.id LIMIT ${limit}`;
    return rows.map(({ id, desired }) => ({ id, binding: desiredBinding(id), envelope: desired }));
  }

  async replace({ id, envelope }: StoredEnvelope, desired: string): Promise<boolean> {
    const { count } = await this.database.deployment.updateMany({
      where: { id, desired: envelope },
      data: { desired },
    });
    return count > 0;
  }
}
