import { describe, expect, it } from '@jest/globals';
import { NAMESPACE, service, together, type Json } from '../testing/cluster-objects.ts';
import { scanServices } from './scan-services.ts';

const selector = { app: 'db' };
const fromKey = (name: string, secret: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key } },
});

/** The references offered for a PostgreSQL whose container is this. */
function offered(container: Json, volumes: readonly Json[] = []) {
  const pods = [
    {
      metadata: { name: 'db-0', namespace: NAMESPACE, labels: selector },
      spec: { containers: [{ image: 'postgres:17', ...container }], volumes },
    },
  ];
  const output = scanServices({ ...together(service('db', { selector, ports: [['postgres', 5432]] })), pods });
  expect(JSON.stringify(output)).not.toContain('canary');
  return output.infra['postgres']?.secret_refs;
}

describe('Secrets that evidently hold the credentials are offered by reference', () => {
  it('from variables that take a key', () => {
    const env = [fromKey('POSTGRES_USER', 'db-auth', 'user'), fromKey('POSTGRES_PASSWORD', 'db-auth', 'password')];
    expect(offered({ env })).toEqual([
      { role: 'user', name: 'db-auth', key: 'user' },
      { role: 'password', name: 'db-auth', key: 'password' },
    ]);
  });

  it('from a mounted key that a …_FILE variable names, as Bitnami’s charts do', () => {
    const env = [{ name: 'POSTGRES_PASSWORD_FILE', value: '/opt/bitnami/postgresql/secrets/password' }];
    const volumeMounts = [{ name: 'password', mountPath: '/opt/bitnami/postgresql/secrets/' }];
    const volume = { name: 'password', secret: { secretName: 'db-postgresql' } };
    expect(offered({ env, volumeMounts }, [volume])).toEqual([
      { role: 'password', name: 'db-postgresql', key: 'password' },
    ]);
    const renamed = {
      ...volume,
      secret: { ...volume.secret, items: [{ key: 'postgres-password', path: 'password' }] },
    };
    expect(offered({ env, volumeMounts }, [renamed])).toEqual([
      { role: 'password', name: 'db-postgresql', key: 'postgres-password' },
    ]);
  });

  it.each<[what: string, container: Json]>([
    ['a plain value', { env: [{ name: 'POSTGRES_PASSWORD', value: 'canary' }] }],
    [
      'a ConfigMap’s key',
      { env: [{ name: 'POSTGRES_PASSWORD', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }] },
    ],
    ['a Secret taken as a whole, whose keys are not known', { envFrom: [{ secretRef: { name: 'db' } }] }],
    ['a variable that is no credential', { env: [fromKey('BACKUP_TOKEN', 'db-auth', 'token')] }],
    ['a file that is not from a Secret', { env: [{ name: 'POSTGRES_PASSWORD_FILE', value: '/run/secrets/canary' }] }],
  ])('and nothing is guessed from %s', (_what, container) => {
    expect(offered(container)).toEqual([]);
  });
});
