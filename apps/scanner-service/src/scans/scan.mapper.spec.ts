import { describe, expect, it } from '@jest/globals';
import { scanServices } from '@ushadow/scan';
import { toContracts } from './scan.mapper.ts';

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

describe('toContracts', () => {
  it('gives every type of up to 100 scans, and only what was found of more', () => {
    expect(Object.keys(toContracts(scans(100))[0]?.infra_services ?? {})).toHaveLength(Object.keys(infra).length);
    expect(Object.keys(toContracts(scans(101))[0]?.infra_services ?? {})).toEqual(['redis']);
  });

  it('fits one message for 500 namespaces', () => {
    expect(JSON.stringify(toContracts(scans(500))).length).toBeLessThan(900_000);
    expect(JSON.stringify(toContracts(scans(100))).length).toBeLessThan(900_000);
  });
});
