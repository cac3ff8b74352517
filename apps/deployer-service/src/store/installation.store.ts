import { Injectable } from '@nestjs/common';
import { Database } from './database.store.ts';

/** What distinguishes this database's lease epochs from those of another one that writes to the same cluster. */
@Injectable()
export class InstallationStore {
  private known: Promise<string> | undefined;

  constructor(private readonly database: Database) {}

  id(): Promise<string> {
    this.known ??= this.read().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async read(): Promise<string> {
    return (await this.database.prisma.installation.findFirstOrThrow()).id;
  }
}
