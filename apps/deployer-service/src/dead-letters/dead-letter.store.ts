import { Injectable } from '@nestjs/common';
import { Database } from '../store/database.store.ts';

export interface DeadLetterRow {
  readonly streamSequence: number;
  readonly storedAt: Date;
  readonly deploymentId: string | null;
  readonly deliveries: number;
  readonly reason: string;
}

@Injectable()
export class DeadLetterStore {
  constructor(private readonly database: Database) {}

  /** Adds it once, however often it comes. */
  async add(letter: DeadLetterRow): Promise<void> {
    await this.database.prisma.deadLetter.createMany({ data: [letter], skipDuplicates: true });
  }

  /** Newest first. */
  async list(limit: number): Promise<(DeadLetterRow & { readonly createdAt: Date })[]> {
    const rows = await this.database.prisma.deadLetter.findMany({ orderBy: { createdAt: 'desc' }, take: limit });
    return rows.map((row) => ({ ...row, streamSequence: Number(row.streamSequence) }));
  }
}
