import { envelopeKeyId, type EnvelopeStore, type KeyUse, type StoredEnvelope } from '@ushadow/secrets';
import type { Database } from '../store/database.store.ts';
import { bindingOf } from './credential-vault.ts';

/** The credential of every cluster, for the rotation of keys. */
export class CredentialEnvelopes implements EnvelopeStore {
  readonly name = 'cluster credentials';
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    const used = await this.database.prisma.cluster.groupBy({ by: ['credentialKeyId'], _count: true });
    return used.map(({ credentialKeyId, _count }) => ({ keyId: credentialKeyId, count: _count }));
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const rows = await this.database.prisma.cluster.findMany({
      where: { credentialKeyId: keyId, id: { gt: after ?? '' } },
      orderBy: { id: 'asc' },
      take: limit,
      select: { id: true, credential: true, credentialVersion: true },
    });
    return rows.map(({ id, credential, credentialVersion }) => ({
      id,
      binding: bindingOf(id, credentialVersion),
      envelope: credential,
    }));
  }

  async replace({ id, envelope }: StoredEnvelope, credential: string): Promise<boolean> {
    const { count } = await this.database.prisma.cluster.updateMany({
      where: { id, credential: envelope },
      data: { credential, credentialKeyId: envelopeKeyId(credential) },
    });
    return count > 0;
  }
}
