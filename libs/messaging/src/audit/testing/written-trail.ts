import type { AuditEntryData } from '@ushadow/contracts';
import { fromEntry, type SealedRecord } from '@ushadow/postgres';
import { KeyRing } from '@ushadow/secrets';
import { createHmac, randomUUID } from 'node:crypto';

type Record = Omit<AuditEntryData, 'key_id' | 'previous_seal' | 'seal'>;

const key = { id: 'test', bytes: Buffer.alloc(32, 3) };

/** A trail in memory. Its seals are made here by hand, as whoever reads the contract would make them. */
export class WrittenTrail {
  readonly service: AuditEntryData['service'] = 'compiler';
  readonly keys = new KeyRing([key]);
  entries: AuditEntryData[] = [];

  add(target: string): AuditEntryData {
    const before = this.entries.at(-1);
    const record: Record = {
      ...{ action: 'setting.set', actor: 'operator', audit_id: randomUUID(), cluster_id: null, deployment: null },
      ...{ deployment_id: null, details: {}, namespace: null, project: null, request_id: 'r', result: 'done' },
      ...{ sequence: (before?.sequence ?? 0) + 1, service: this.service, services: [], stack_id: null, target },
      time: '2026-01-01T00:00:00.000Z',
    };
    const previous = before?.seal ?? '0'.repeat(64);
    const text = `${previous}\n${key.id}\n${JSON.stringify(record)}`;
    const seal = createHmac('sha256', key.bytes).update(text).digest('hex');
    const entry: AuditEntryData = { ...record, key_id: key.id, previous_seal: previous, seal };
    this.entries.push(entry);
    return entry;
  }

  readonly newest = () => {
    const { sequence, seal } = this.entries.at(-1) ?? { sequence: 0, seal: '0'.repeat(64) };
    return Promise.resolve({ sequence, seal });
  };
  readonly following = (after: number, limit: number): Promise<SealedRecord[]> =>
    Promise.resolve(
      this.entries
        .filter(({ sequence }) => sequence > after)
        .slice(0, limit)
        .map(fromEntry),
    );
  readonly at = (sequence: number): Promise<SealedRecord | undefined> =>
    this.following(sequence - 1, 1).then(([row]) => row);
}
