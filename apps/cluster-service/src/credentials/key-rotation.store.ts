import type { Database } from '../store/database.store.ts';

export interface WrappedCredential {
  readonly id: string;
  readonly credential: string;
  readonly credentialVersion: number;
}

export class KeyRotationStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Credentials that another key wraps, by id, after the given one. */
  async wrappedByOthers(keyId: string, afterId: string, limit: number): Promise<readonly WrappedCredential[]> {
    return this.database.cluster.findMany({
      where: { credentialKeyId: { not: keyId }, id: { gt: afterId } },
      orderBy: { id: 'asc' },
      take: limit,
      select: { id: true, credential: true, credentialVersion: true },
    });
  }

  /** False when the row changed meanwhile: what is there now is newer and stays. */
  async replace(before: WrappedCredential, credential: string, credentialKeyId: string): Promise<boolean> {
    const { id, credential: expected } = before;
    const { count } = await this.database.cluster.updateMany({
      where: { id, credential: expected },
      data: { credential, credentialKeyId },
    });
    return count > 0;
  }
}
