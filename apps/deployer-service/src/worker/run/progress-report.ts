import { Injectable } from '@nestjs/common';
import { events, type ProgressEventData } from '@ushadow/contracts';
import type { DeployEvent } from '@ushadow/deploy-engine';
import { EventBus } from '@ushadow/messaging';
import type { Progress } from '../../deployments/store/status.store.ts';
import { describeProgress } from './describe-progress.ts';
import { LeaseStore, type Lease } from '../lease/lease.store.ts';

/** The lease went to somebody else between two writes. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Stores the engine's events, then announces them to who listens now. */
@Injectable()
export class ProgressReport {
  constructor(
    private readonly leases: LeaseStore,
    private readonly bus: EventBus,
  ) {}

  /** @throws LeaseLost */
  async append(lease: Lease, ...events: readonly DeployEvent[]): Promise<void> {
    await this.note(lease, ...events.map(toProgress));
  }

  /**
   * Something that is not the engine's own.
   * @throws LeaseLost
   */
  async note(lease: Lease, ...progress: readonly Progress[]): Promise<void> {
    if (progress.length === 0) return;
    const stored = await this.leases.append(lease, ...progress);
    if (stored.length === 0) throw new LeaseLost('the lease is lost');
    this.announce(...stored);
  }

  announce(...stored: readonly ProgressEventData[]): void {
    for (const event of stored) this.bus.announce(events.deploymentProgressed, event, { key: event.deployment_id });
  }
}

function toProgress(event: DeployEvent): Progress {
  const { type, at: _at, ...data } = event;
  return { type, message: describeProgress(event), data };
}

/** Events that are not the engine's own. */
const OTHERS: ReadonlySet<string> = new Set(['ending.requested', 'settled']);

/** The engine's events among those stored, as it made them. */
export function engineEvents(stored: readonly ProgressEventData[]): DeployEvent[] {
  return stored
    .filter(({ type }) => !OTHERS.has(type))
    .map(({ data, type, time }) => ({ ...data, type, at: Date.parse(time) }) as unknown as DeployEvent);
}
