import { describe, expect, it } from '@jest/globals';
import { variablesOf } from '@ushadow/compose';
import type { DeclaredValue, ScannedInfra } from '../environment-input.ts';
import { chooseValues, filledBy } from './choose-values.ts';
import type { ProjectInput, ProjectService } from './project-input.ts';
import { resolveProject } from './resolve-project.ts';

const redis: ScannedInfra = {
  found: true,
  endpoints: ['redis.infra.svc.cluster.local:6379'],
  namespace: 'infra',
  service_name: 'redis',
};

/** As the loader declares it, with the names of its template that have no default left unset. */
function declared(name: string, template: string | null): DeclaredValue {
  const references = template === null ? [] : variablesOf(template);
  const unset = references.filter(({ kind }) => kind === 'plain' || kind === 'required').map((each) => each.name);
  const value = template?.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replace(/\$\{[^}]*\}/g, '') ?? null;
  return { name, template, references, value, unset };
}

function service(name: string, variables: Readonly<Record<string, string | null>>, part: Partial<ProjectService> = {}) {
  const all = Object.entries(variables).map(([key, template]) => declared(key, template));
  return { id: `shop:${name}`, name, declared: all, typed: {}, saved: {}, secrets: {}, ...part };
}

const layers = { typed: {}, shell: {}, envFile: {}, remembered: {} };

function resolve(services: readonly ProjectService[], part: Partial<ProjectInput> = {}) {
  const input: ProjectInput = {
    services,
    references: [],
    layers,
    savedAs: 'remembered',
    settings: [],
    scans: [],
    ownNames: new Set(services.map(({ name }) => name)),
    interpolation: {},
    secretOverrides: {},
    ...part,
  };
  const chosen = chooseValues(input);
  const resolved = resolveProject(input, chosen);
  const values = Object.fromEntries(
    [...resolved].map(([name, { variables }]) => [
      name,
      Object.fromEntries(variables.map((each) => [each.name, each.winner?.value])),
    ]),
  );
  return { filled: filledBy(chosen), values, resolved, chosen };
}

const shop = [
  service('db', { POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:-changeme}' }),
  service('web', {
    DATABASE_URL: 'postgres://app:${POSTGRES_PASSWORD:-changeme}@db/app',
    POSTGRES_PASSWORD: 'literal',
  }),
];

describe('a value for NAME', () => {
  it.each([
    ['typed', { layers: { ...layers, typed: { POSTGRES_PASSWORD: 'v' } } }],
    ['remembered', { layers: { ...layers, remembered: { POSTGRES_PASSWORD: 'v' } } }],
    ['settings', { settings: [{ path: 'secrets.postgres_password', value: 'v', secret: true }] }],
  ] as const)('%s fills every ${NAME} and every container that has it', (_, part) => {
    const { filled, values } = resolve(shop, part);
    expect(filled).toEqual({ POSTGRES_PASSWORD: 'v' });
    expect(values).toEqual({
      db: { POSTGRES_PASSWORD: 'v' },
      web: { DATABASE_URL: 'postgres://app:v@db/app', POSTGRES_PASSWORD: 'v' },
    });
  });

  it.each(['shell', 'envFile'] as const)('%s fills what refers to it, and leaves a text of the file alone', (layer) => {
    const { values } = resolve(shop, { layers: { ...layers, [layer]: { POSTGRES_PASSWORD: 'v' } } });
    expect(values).toEqual({
      db: { POSTGRES_PASSWORD: 'v' },
      web: { DATABASE_URL: 'postgres://app:v@db/app', POSTGRES_PASSWORD: 'literal' },
    });
  });

  it('comes from the strongest that has one: typed, shell, env file, remembered, settings, scan, default', () => {
    const services = [service('web', { REDIS_URL: '${REDIS_URL:-redis://localhost:6379}' })];
    const all = { typed: 'a', shell: 'b', envFile: 'c', remembered: 'd' };
    const settings = [{ path: 'settings.redis_url', value: 'e', secret: false }];
    const scans = [{ namespace: 'infra', infra: { redis } }];
    const left = Object.entries(all);
    const seen: unknown[] = [];
    for (let from = 0; from <= left.length; from++) {
      const given = Object.fromEntries(left.slice(from).map(([layer, value]) => [layer, { REDIS_URL: value }]));
      const { filled, resolved } = resolve(services, { layers: { ...layers, ...given }, settings, scans });
      const winner = resolved.get('web')?.variables[0]?.winner;
      expect(winner?.value).toBe(filled['REDIS_URL']);
      seen.push(winner?.source);
    }
    seen.push(resolve(services, { scans }).resolved.get('web')?.variables[0]?.winner?.source);
    seen.push(resolve(services).resolved.get('web')?.variables[0]?.winner?.source);
    expect(seen).toEqual(['typed', 'shell', 'env_file', 'remembered', 'settings', 'scan', 'default']);
  });

  it('for one service alone fills its containers and nothing else', () => {
    const [db, web] = shop;
    const services = [...(db ? [db] : []), ...(web ? [{ ...web, typed: { POSTGRES_PASSWORD: 'own' } }] : [])];
    const { values } = resolve(services, { layers: { ...layers, typed: { POSTGRES_PASSWORD: 'v' } } });
    expect(values).toMatchObject({
      db: { POSTGRES_PASSWORD: 'v' },
      web: { POSTGRES_PASSWORD: 'own', DATABASE_URL: 'postgres://app:v@db/app' },
    });
  });

  it('that is saved for one service fills the others too', () => {
    const services = [
      service('db', { DB_PASSWORD: '${DB_PASSWORD}' }, { saved: { DB_PASSWORD: { value: 's' } } }),
      service('web', { URL: 'x://u:${DB_PASSWORD}@db' }),
    ];
    expect(resolve(services).values).toEqual({ db: { DB_PASSWORD: 's' }, web: { URL: 'x://u:s@db' } });
  });

  it('is asked for where only a part of a text needs it, as in the password of a URL', () => {
    const services = [service('web', { URL: 'x://u:${DB_PASSWORD}@db' })];
    expect(resolve(services).resolved.get('web')?.unresolved).toEqual(['URL']);
    const typed = { ...layers, typed: { DB_PASSWORD: '' } };
    expect(resolve(services, { layers: typed }).resolved.get('web')?.unresolved).toEqual([]);
  });

  it('that nobody declares is added to no container', () => {
    expect(resolve(shop, { layers: { ...layers, typed: { OTHER: 'v' } } }).values).toEqual(resolve(shop).values);
  });
});

describe('a scan', () => {
  const scans = [{ namespace: 'infra', infra: { redis } }];
  const found = 'redis.infra.svc.cluster.local';

  it('never replaces a default that leads to a service of the project, nor what belongs to it', () => {
    const services = [
      service('cache', {}),
      service('web', { REDIS_URL: '${REDIS_URL:-redis://cache:6379}', REDIS_HOST: 'cache', REDIS_PORT: '6379' }),
    ];
    const { values, filled, resolved } = resolve(services, { scans });
    expect(values['web']).toEqual({ REDIS_URL: 'redis://cache:6379', REDIS_HOST: 'cache', REDIS_PORT: '6379' });
    expect(filled).toEqual({});
    const offered = resolved.get('web')?.variables[0]?.candidates.find(({ source }) => source === 'scan');
    expect(offered).toMatchObject({ value: `redis://${found}:6379`, eligible: false });
  });

  it('fills the container and every ${NAME} alike', () => {
    const services = [service('web', { REDIS_HOST: '${REDIS_HOST:-localhost}' })];
    const { values, filled } = resolve(services, { scans });
    expect([values['web'], filled]).toEqual([{ REDIS_HOST: found }, { REDIS_HOST: found }]);
  });

  it('is not taken by one service where another keeps its own', () => {
    const services = [
      service('cache', {}),
      service('a', { REDIS_URL: 'redis://cache:6379' }),
      service('b', { REDIS_URL: '${REDIS_URL:-redis://localhost:6379}' }),
    ];
    expect(resolve(services, { scans }).values).toMatchObject({ b: { REDIS_URL: 'redis://localhost:6379' } });
  });
});
