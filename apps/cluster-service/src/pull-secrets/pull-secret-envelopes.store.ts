import type { EnvelopeStore, KeyUse, StoredEnvelope } from '@ushadow/secrets';
import type { Database } from '../store/database.store.ts';
import { pullSecretBinding } from './pull-secret-vault.ts';

const SEPARATOR = ' ';

/** The password of every pull secret, for the rotation of keys. */
export class PullSecretEnvelopes implements EnvelopeStore {
  readonly name = 'pull secrets';
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    const used = await this.database.prisma.pullSecret.groupBy({ by: ['passwordKeyId'], _count: true });
    return used.map(({ passwordKeyId, _count }) => ({ keyId: passwordKeyId ?? '', count: _count }));
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const [clusterId = '', registry = ''] = after?.split(SEPARATOR) ?? [];
    const rows = await this.database.prisma.pullSecret.findMany({
      where: {
        passwordKeyId: keyId,
        OR: [{ clusterId: { gt: clusterId } }, { clusterId, registry: { gt: registry } }],
      },
      orderBy: [{ clusterId: 'asc' }, { registry: 'asc' }],
      take: limit,
    });
    return rows.map((row) => ({
      id: `${row.clusterId}${SEPARATOR}${row.registry}`,
      binding: pullSecretBinding(row.clusterId, row.registry, row.version),
      envelope: row.password,
    }));
  }

  async replace({ id, envelope }: StoredEnvelope, password: string): Promise<boolean> {
    const [clusterId = '', registry = ''] = id.split(SEPARATOR);
    const { count } = await this.database.prisma.pullSecret.updateMany({
      where: { clusterId, registry, password: envelope },
      data: { password },
    });
    return count > 0;
  }
}
