import { Injectable } from '@nestjs/common';
import type { AuditEntryData, operations, OutputOf, TrailReportData } from '@ushadow/contracts';
import { Trails } from './trails.ts';

/** Has every trail walked and compared with the stream. One that nobody answers for is not found good. */
@Injectable()
export class VerifyAudit {
  constructor(private readonly trails: Trails) {}

  async run(): Promise<OutputOf<typeof operations.verifyAudit>> {
    const trails = await Promise.all(
      this.trails.services.map(async (service) => (await this.trails.verify(service)) ?? unanswered(service)),
    );
    return {
      intact: trails.every(({ intact }) => intact),
      entries: trails.reduce((sum, { entries }) => sum + entries, 0),
      trails,
    };
  }
}

function unanswered(service: AuditEntryData['service']): TrailReportData {
  const message = `The ${service}-service does not answer: its entries were not looked at.`;
  const broken = { sequence: 0, reason: 'unanswered', message } as const;
  return { service, intact: false, entries: 0, head: null, anchor: null, broken };
}
