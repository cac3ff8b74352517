import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

/**
 * This process, as leases and the audit logs of clusters name it; new at each start.
 */
@Injectable()
export class ProcessIdentity {
  readonly id = randomUUID();
  readonly userAgent = `ushadow-deployer/${this.id}`;
}
