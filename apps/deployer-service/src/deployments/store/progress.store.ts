import { Injectable } from '@nestjs/common';
import type { ProgressEventData } from '@ushadow/contracts';
import { Database } from '../../store/database.store.ts';

@Injectable()
export class ProgressStore {
  constructor(private readonly database: Database) {}

  /** Events with a higher number than `after`, in order. */
  async after(deploymentId: string, after: number, limit: number): Promise<ProgressEventData[]> {
    const rows = await this.database.prisma.progressEvent.findMany({
      where: { deploymentId, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: limit,
    });
    return rows.map((row) => ({
      deployment_id: row.deploymentId,
      sequence: row.sequence,
      attempt: row.attempt,
      time: row.time.toISOString(),
      type: row.type,
      message: row.message,
      data: row.data as Record<string, unknown>,
    }));
  }
}
