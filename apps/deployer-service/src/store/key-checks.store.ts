import type { KeyCheckStore } from '@ushadow/secrets';
import type { Database } from './database.store.ts';

export class KeyChecks implements KeyCheckStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async find(keyId: string): Promise<string | undefined> {
    return (await this.database.prisma.keyCheck.findUnique({ where: { keyId } }))?.sealed;
  }

  async add(keyId: string, sealed: string): Promise<string> {
    await this.database.prisma.keyCheck.createMany({ data: [{ keyId, sealed }], skipDuplicates: true });
    return (await this.database.prisma.keyCheck.findUniqueOrThrow({ where: { keyId } })).sealed;
  }

  async remove(keyId: string): Promise<void> {
    await this.database.prisma.keyCheck.deleteMany({ where: { keyId } });
  }
}
