import { describe, expect, it } from '@jest/globals';
import { scanServices } from '@ushadow/scan';
import { ScanMapper } from './scan.mapper.ts';

const metadata = { name: 'redis', namespace: 'infra' };
const { infra } = scanServices({ services: [{ metadata, spec: { ports: [{ port: 6379 }] } }] });
const scans = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    clusterId: '0011223344556677',
    namespace: `namespace-${index}`,
    infra,
    notes: [],
    scannedAt: new Date(0),
    error: null,
  }));

const DAY_MS = 86_400_000;
const mapper = new ScanMapper(DAY_MS, () => DAY_MS);
const toContracts = (...input: Parameters<typeof mapper.toContracts>) => mapper.toContracts(...input);

describe('scans as they are sent', () => {
  it('give every type of up to 100 scans, and only what was found of more', () => {
    expect(Object.keys(toContracts(scans(100))[0]?.infra_services ?? {})).toHaveLength(Object.keys(infra).length);
    expect(Object.keys(toContracts(scans(101))[0]?.infra_services ?? {})).toEqual(['redis']);
  });

  it('fit one message for 500 namespaces', () => {
    expect(JSON.stringify(toContracts(scans(500))).length).toBeLessThan(900_000);
    expect(JSON.stringify(toContracts(scans(100))).length).toBeLessThan(900_000);
  });

  it('fit one message however many Services of a type a namespace has', () => {
    const many = Array.from({ length: 600 }, (_, index) => ({
      metadata: { name: `redis-for-a-team-with-a-long-name-${index}`, namespace: 'infra' },
      spec: { ports: [{ port: 6379 }] },
    }));
    const crowded = scanServices({ services: many }).infra;
    expect(crowded['redis']?.alternatives).toHaveLength(50);
    const sent = toContracts(scans(100).map((scan) => ({ ...scan, infra: crowded })));
    expect(JSON.stringify(sent).length).toBeLessThan(900_000);
    expect(sent[99]?.infra_services['redis']).toMatchObject({ found: true, alternatives: [] });
  });

  it('are stale from the age on that is set, and not before', () => {
    const [scan] = scans(1);
    if (scan === undefined) throw new Error('no scan');
    const staleAt = (now: number) => new ScanMapper(DAY_MS, () => now).toContract(scan).stale;
    expect([staleAt(0), staleAt(DAY_MS), staleAt(DAY_MS + 1)]).toEqual([false, false, true]);
  });
});
