import { describe, expect, it } from '@jest/globals';
import type { AuditEntryData } from '@ushadow/contracts';
import { ListAudit, newest } from './list-audit.ts';
import type { Trails, Wanted } from './trails.ts';

type Service = AuditEntryData['service'];

const entry = (service: Service, sequence: number, second: number): AuditEntryData =>
  ({ service, sequence, time: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z` }) as AuditEntryData;
const name = ({ service, sequence }: AuditEntryData): string => `${service} ${String(sequence)}`;

/** Trails in memory, newest first; one that is absent does not answer. */
function listOf(trails: Partial<Record<Service, AuditEntryData[]>>) {
  const services: Service[] = ['cluster', 'compiler', 'deployer'];
  const list = (service: Service, { limit, before }: Wanted) =>
    Promise.resolve(
      trails[service]?.filter(({ sequence }) => before === undefined || sequence < before).slice(0, limit),
    );
  return new ListAudit({ services, list } as unknown as Trails);
}

describe('the audit of all services', () => {
  const trails = {
    cluster: [entry('cluster', 2, 9), entry('cluster', 1, 1)],
    compiler: [entry('compiler', 3, 8), entry('compiler', 2, 5), entry('compiler', 1, 4)],
    deployer: [entry('deployer', 1, 7)],
  };

  it('is one list, newest first, of which every page goes on where the one before ended', async () => {
    const list = listOf(trails);
    const pages: string[][] = [];
    for (let before: string | null | undefined; before !== null;) {
      const page = await list.run({ limit: 2, ...(before === undefined ? {} : { before }) });
      pages.push(page.entries.map(name));
      before = page.next_before;
      trails.deployer.unshift(entry('deployer', trails.deployer.length + 1, 30 + trails.deployer.length));
    }
    expect(pages).toEqual([
      ['cluster 2', 'compiler 3'],
      ['deployer 1', 'compiler 2'],
      ['compiler 1', 'cluster 1'],
    ]);
  });

  it('leaves out who does not answer, and says so', async () => {
    const { entries, unanswered } = await listOf({ cluster: trails.cluster, deployer: [] }).run({ limit: 10 });
    expect(entries.map(name)).toEqual(['cluster 2', 'cluster 1']);
    expect(unanswered).toEqual(['compiler']);
  });

  it('refuses a cursor that nobody made', async () => {
    for (const before of ['', 'x', 'cluster.0', 'cluster.1~nobody.2', 'cluster.1.2'])
      await expect(listOf(trails).run({ limit: 2, before })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('never turns a trail around, whatever its clock has said', () => {
    const back = [entry('cluster', 2, 1), entry('cluster', 1, 9)];
    expect(newest([back, [entry('compiler', 1, 5)]], 10).map(name)).toEqual(['compiler 1', 'cluster 2', 'cluster 1']);
  });
});
