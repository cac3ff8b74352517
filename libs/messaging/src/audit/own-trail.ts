import type { AuditEntryData, TrailReportData } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import { verifyTrail, type AuditFilter, type AuditTrail } from '@ushadow/postgres';
import type { AuditStream } from './audit-stream.ts';

/** What a service answers about its own trail. */
export class OwnTrail {
  private readonly trail: AuditTrail;
  private readonly stream: AuditStream;
  private readonly logger: Logger;

  constructor(trail: AuditTrail, stream: AuditStream, logger: Logger) {
    this.trail = trail;
    this.stream = stream;
    this.logger = logger;
  }

  async list(
    wanted: AuditFilter & { limit: number; before?: number | undefined },
  ): Promise<{ entries: AuditEntryData[] }> {
    const { limit, before, ...filter } = wanted;
    return { entries: await this.trail.list(filter, limit, before) };
  }

  async verify(): Promise<TrailReportData> {
    const report = await verifyTrail(this.trail, this.stream);
    const { broken } = report;
    if (broken !== null) this.logger.error({ broken }, `the audit is broken: ${broken.message}`);
    return report;
  }
}
