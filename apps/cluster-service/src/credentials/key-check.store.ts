import type { Database } from '../store/database.store.ts';

export interface KeyUse {
  readonly keyId: string;
  /** The sealed constant; absent when the key has only been used. */
  readonly sealed: string | null;
}

export class KeyCheckStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Every key that stored data needs, with its sealed constant. */
  async keysInUse(): Promise<readonly KeyUse[]> {
    const [checks, used] = await Promise.all([
      this.database.keyCheck.findMany(),
      this.database.cluster.groupBy({ by: ['credentialKeyId'] }),
    ]);
    const sealed = new Map(checks.map((check) => [check.keyId, check.sealed]));
    return used.map(({ credentialKeyId }) => ({ keyId: credentialKeyId, sealed: sealed.get(credentialKeyId) ?? null }));
  }

  /** The first service to start with a key writes its constant; later ones leave it. */
  async add(keyId: string, sealed: string): Promise<string> {
    await this.database.keyCheck.createMany({ data: [{ keyId, sealed }], skipDuplicates: true });
    return (await this.database.keyCheck.findUniqueOrThrow({ where: { keyId } })).sealed;
  }

  async remove(keyId: string): Promise<void> {
    await this.database.keyCheck.deleteMany({ where: { keyId } });
  }
}
