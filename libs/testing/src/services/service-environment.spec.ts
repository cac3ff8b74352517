import { describe, expect, it } from '@jest/globals';
import { KEY_HOLDERS, SERVICES } from './catalogue.ts';
import { serviceEnvironment } from './service-environment.ts';
import type { SystemSettings } from './service-environment.ts';

const settings: SystemSettings = {
  natsUrl: 'nats://127.0.0.1:4222',
  busKeys: '/bus',
  databaseUrls: {
    clusters: 'postgres://clusters',
    catalog: 'postgres://catalog',
    scans: 'postgres://scans',
    deployments: 'postgres://deployments',
    operations: 'postgres://operations',
    notifications: 'postgres://notifications',
    access: 'postgres://access',
  },
  migrationUrls: {
    clusters: 'postgres://owner-of-clusters',
    catalog: 'postgres://owner-of-catalog',
    scans: 'postgres://owner-of-scans',
    deployments: 'postgres://owner-of-deployments',
    operations: 'postgres://owner-of-operations',
    notifications: 'postgres://owner-of-notifications',
    access: 'postgres://owner-of-access',
  },
  auditKeys: {
    clusters: 'a:four',
    catalog: 'a:five',
    scans: 'a:six',
    deployments: 'a:seven',
    operations: 'a:eight',
    notifications: 'a:ten',
    access: 'a:eleven',
  },
  keys: {
    'cluster-service': 'a:one',
    'compiler-service': 'a:two',
    'deployer-service': 'a:three',
    'notifier-service': 'a:nine',
  },
  composeDirectory: '/compose',
  gatewayPort: 7400,
};

const environments = Object.fromEntries(
  SERVICES.map((service) => [service.name, serviceEnvironment(service, settings, 8080)]),
);

describe('the environment of a service', () => {
  it('names the database of its own schema and of no other', () => {
    expect(environments['cluster-service']?.['DATABASE_URL']).toBe('postgres://clusters');
    expect(environments['deployer-service']?.['DATABASE_URL']).toBe('postgres://deployments');
    expect(environments['deployer-service']?.['MIGRATION_DATABASE_URL']).toBe('postgres://owner-of-deployments');
    expect(environments['gateway']).not.toHaveProperty('DATABASE_URL');
  });

  it('holds the key ring only where something is stored encrypted', () => {
    const holders = SERVICES.map(({ name }) => name).filter((name) => 'USHADOW_KEYS' in (environments[name] ?? {}));
    expect(holders).toEqual(KEY_HOLDERS);
  });

  it('gives no service the key ring of another: who reads hostile files has no key to credentials', () => {
    const rings = KEY_HOLDERS.map((name) => environments[name]?.['USHADOW_KEYS']);
    expect(rings).toEqual(['a:one', 'a:two', 'a:three', 'a:nine']);
  });

  it('gives each service with a schema a ring of its own for its audit', () => {
    const rings = SERVICES.flatMap(({ name }) => environments[name]?.['AUDIT_KEYS'] ?? []);
    expect(rings).toEqual(['a:four', 'a:five', 'a:six', 'a:seven', 'a:eight', 'a:ten', 'a:eleven']);
  });

  it('names the bus identity of the service itself', () => {
    expect(environments['cluster-service']).toMatchObject({ NATS_IDENTITY: '/bus/cluster.json' });
    expect(environments['gateway']).toMatchObject({ NATS_IDENTITY: '/bus/gateway.json' });
  });

  it('lets the gateway listen on loopback alone', () => {
    expect(environments['gateway']).toMatchObject({ HOST: '127.0.0.1', PORT: '7400' });
  });
});
