import { describe, expect, it } from '@jest/globals';
import type { DeclaredValue, EnvironmentInput, ScannedInfra } from './environment-input.ts';
import type { ResolvedVariable } from './resolved-variable.ts';
import { resolveEnvironment } from './resolve-environment.ts';

const redis: ScannedInfra & { type: string } = {
  type: 'redis',
  found: true,
  endpoints: ['redis.infra.svc.cluster.local:6379'],
  namespace: 'infra',
  service_name: 'redis',
};

function declaredValue(name: string, part: Partial<DeclaredValue> = {}): DeclaredValue {
  return { name, template: part.value ?? null, value: null, references: [], unset: [], ...part };
}

/** `X: ${X}` with X unset, or with the reference of another kind. */
function unsetReference(name: string, reference = name): DeclaredValue {
  const references = [{ name: reference, kind: 'plain', emptyCountsAsUnset: false }] as const;
  return { name, template: `\${${reference}}`, value: '', references, unset: [reference] };
}

function resolve(part: Partial<EnvironmentInput>) {
  const empty = { declared: [], interpolation: {}, typed: {}, saved: {}, settings: [], scans: [], secretOverrides: {} };
  return resolveEnvironment({ service: { id: 'shop:web', name: 'web' }, ...empty, ...part });
}

function one(part: Partial<EnvironmentInput>): ResolvedVariable {
  const [variable, ...more] = resolve(part).variables;
  if (variable === undefined || more.length > 0) throw new Error('expected one variable');
  return variable;
}

const sources = (variable: ResolvedVariable) => variable.candidates.map(({ source, value }) => [source, value]);
const setting = (path: string, value: string, secret = false) => ({ path, value, secret });

describe('resolveEnvironment', () => {
  const everything = {
    declared: [declaredValue('REDIS_URL', { value: 'redis://redis:6379/1' })],
    typed: { REDIS_URL: 'redis://typed:1' },
    saved: { REDIS_URL: { value: 'redis://saved:1' } },
    settings: [setting('settings.redis_url', 'redis://setting:1')],
    scans: [{ namespace: 'infra', infra: { redis } }],
  };

  it('takes typed before settings before scan before default, and keeps every candidate in that order (R32–R36, D2)', () => {
    expect(sources(one(everything))).toEqual([
      ['typed', 'redis://typed:1'],
      ['typed', 'redis://saved:1'],
      ['settings', 'redis://setting:1'],
      ['scan', 'redis://redis.infra.svc.cluster.local:6379/1'],
      ['default', 'redis://redis:6379/1'],
    ]);
  });

  it.each(['typed', 'saved', 'settings', 'scans'] as const)(
    'gives the next level its turn without %s (R32)',
    (level) => {
      const emptied = { ...everything, [level]: Array.isArray(everything[level]) ? [] : {} };
      const winner = one(emptied).winner?.value;
      expect(winner).toBe(level === 'typed' ? 'redis://saved:1' : 'redis://typed:1');
      expect(sources(one(emptied))).toHaveLength(4);
    },
  );

  it('takes an empty text for a value at every level, and an absent one for none (2.6)', () => {
    const declared = [declaredValue('MODE', { value: 'fast' })];
    expect(one({ declared, typed: { MODE: '' } }).winner).toMatchObject({ source: 'typed', value: '' });
    expect(one({ declared, saved: { MODE: { value: '' } } }).winner).toMatchObject({ value: '', saved: true });
    expect(one({ declared, settings: [setting('mode', '')] }).winner).toMatchObject({ source: 'settings', value: '' });
    expect(one({ declared: [declaredValue('MODE', { value: '' })] }).winner).toMatchObject({
      source: 'default',
      value: '',
    });
  });

  it('leaves out a variable that was declared without a value, and does not ask for it (S21)', () => {
    const variable = one({ declared: [declaredValue('PASS_THROUGH')] });
    expect(variable).toMatchObject({ winner: undefined, required: false, candidates: [] });
  });

  it('asks for a variable whose declaration is an unset one, until any level has a value', () => {
    const declared = [unsetReference('MODEL')];
    expect(resolve({ declared }).unresolved).toEqual(['MODEL']);
    expect(resolve({ declared, typed: { MODEL: '' } }).unresolved).toEqual([]);
    expect(resolve({ declared, settings: [setting('settings.model', 'm')] }).unresolved).toEqual([]);
  });

  it('keeps a reference to a setting a reference, stronger than a setting that only has a fitting name', () => {
    const settings = [setting('settings.model', 'by name'), setting('llm.small', 'mapped')];
    const saved = { MODEL: { setting: 'llm.small' } };
    expect(one({ declared: [declaredValue('MODEL')], saved, settings }).winner).toMatchObject({
      source: 'settings',
      value: 'mapped',
      settingPaths: ['llm.small'],
      saved: true,
    });
  });

  it('reports a mapping to a setting that is gone instead of taking it for no value', () => {
    const { problems } = resolve({ declared: [declaredValue('MODEL')], saved: { MODEL: { setting: 'gone' } } });
    expect(problems).toEqual([expect.objectContaining({ variable: 'MODEL', code: 'SETTING_NOT_FOUND' })]);
  });

  it('fills a declaration from the settings that its references name (R38)', () => {
    const references = ['DB_USER', 'DB_PASSWORD'].map((name) => ({
      name,
      kind: 'plain' as const,
      emptyCountsAsUnset: false,
    }));
    const template = 'postgresql://${DB_USER}:${DB_PASSWORD}@db/shop';
    const variable = one({
      declared: [
        { name: 'DATABASE_URL', template, value: 'postgresql://ann:@db/shop', references, unset: ['DB_PASSWORD'] },
      ],
      interpolation: { DB_USER: 'ann' },
      settings: [setting('secrets.db_password', 'pw', true)],
    });
    expect(variable.winner).toMatchObject({
      value: 'postgresql://ann:pw@db/shop',
      settingPaths: ['secrets.db_password'],
      secret: true,
    });
    expect(variable.secretReason).not.toContain('pw@');
  });

  it.each([
    ['settings.openai_api_key', true],
    ['api_keys.openai_api_key', true],
    ['openai.api-key', true],
    ['providers.openai.api_key', true],
    ['services.web.OPENAI_API_KEY', true],
    ['services.shop:web.openai_api_key', true],
    ['services.worker.OPENAI_API_KEY', false],
    ['providers.openai_api_key', true],
    ['openai', false],
    ['my_openai_api_key', false],
  ])('finds OPENAI_API_KEY under %s: %s', (path, found) => {
    const { candidates } = one({ declared: [declaredValue('OPENAI_API_KEY')], settings: [setting(path, 'v')] });
    expect(candidates.length > 0).toBe(found);
  });

  it('does not take a setting of another thing for a one-word variable (M10)', () => {
    const settings = [setting('smtp.host', 'mail'), setting('database.port', '5432'), setting('settings.home', '/h')];
    const declared = ['HOST', 'PORT'].map((name) => declaredValue(name, { value: 'x' }));
    expect(resolve({ declared, settings }).variables.map(({ winner }) => winner?.source)).toEqual([
      'default',
      'default',
    ]);
    expect(one({ declared: [declaredValue('HOME')], settings }).winner?.value).toBe('/h');
  });

  it('takes the nearest setting first: of this service, then the whole path, then its end', () => {
    const settings = [
      setting('x.y.api_key', '3'),
      setting('api_keys.api_key', '2'),
      setting('api_key', '1'),
      setting('services.web.API_KEY', '0'),
    ];
    const values = one({ declared: [declaredValue('API_KEY')], settings }).candidates.map(({ value }) => value);
    expect(values).toEqual(['0', '1', '2', '3']);
  });

  it('offers each different value of several namespaces, the nearest first', () => {
    const near = { ...redis, endpoints: ['redis.shop.svc.cluster.local:6379'], namespace: 'shop' };
    const scans = [
      { namespace: 'shop', infra: { redis: near } },
      { namespace: 'infra', infra: { redis } },
      { namespace: 'copy', infra: { redis } },
    ];
    expect(sources(one({ declared: [declaredValue('REDIS_URL')], scans }))).toEqual([
      ['scan', 'redis://redis.shop.svc.cluster.local:6379'],
      ['scan', 'redis://redis.infra.svc.cluster.local:6379'],
    ]);
  });

  it('only offers what was found with low confidence, and never takes it by itself', () => {
    const infra = { redis: { ...redis, confidence: 'low', ready: false } as const };
    const scans = [{ namespace: 'infra', infra }];
    const variable = one({ declared: [declaredValue('REDIS_URL', { value: 'redis://redis:6379' })], scans });
    expect(variable.winner?.source).toBe('default');
    expect(variable.candidates[1]).toMatchObject({ source: 'scan', eligible: false });
    expect(variable.candidates[1]?.reason).toMatch(/low confidence, not ready/);
    expect(one({ declared: [declaredValue('REDIS_URL')], scans }).winner).toBeUndefined();
  });

  it('only offers what belongs to a stack', () => {
    const scans = [{ namespace: 'infra', infra: { redis: { ...redis, stack: 'shop' } } }];
    const variable = one({ declared: [declaredValue('REDIS_URL', { value: 'redis://redis:6379' })], scans });
    expect(variable.winner?.source).toBe('default');
    expect(variable.candidates[1]).toMatchObject({ source: 'scan', eligible: false });
    expect(variable.candidates[1]?.reason).toMatch(/belongs to the stack shop; choose it/);
  });

  it('sets from a scan only what the service declares (M9)', () => {
    expect(resolve({ scans: [{ namespace: 'infra', infra: { redis } }] }).variables).toEqual([]);
  });

  it('adds a variable that only the user names', () => {
    expect(one({ typed: { EXTRA: '1' } })).toMatchObject({ declared: false, winner: { value: '1' } });
  });

  it('judges each candidate by name, value and origin, and lets the user decide (T8)', () => {
    const scans = [{ namespace: 'infra', infra: { redis } }];
    const declared = [declaredValue('REDIS_URL', { value: 'redis://:pw@redis:6379/0' })];
    const judged = one({ declared, scans, typed: { REDIS_URL: 'redis://open:6379' } });
    expect(judged.candidates.map(({ secret }) => secret)).toEqual([false, true, true]);
    expect(judged.secret).toBe(false);
    const override = one({ declared, scans, secretOverrides: { REDIS_URL: false } });
    expect(override).toMatchObject({ secret: false, secretOverride: false, secretReason: 'marked as not secret' });
    expect(one({ declared: [declaredValue('TITLE')], settings: [setting('settings.title', 'v', true)] }).secret).toBe(
      true,
    );
  });

  it('takes a value that is built around a secret of the service for one too', () => {
    const declared = [declaredValue('DB_PASSWORD'), declaredValue('NOTE', { value: 'login: Hunter-2!' })];
    const [, note] = resolve({ declared, typed: { DB_PASSWORD: 'Hunter-2!' } }).variables;
    expect(note).toMatchObject({ secret: true, winner: { secret: true } });
    expect(note?.secretReason).toBe('the value contains a secret of this service');
    const [, marked] = resolve({
      declared,
      typed: { DB_PASSWORD: 'Hunter-2!' },
      secretOverrides: { NOTE: false },
    }).variables;
    expect(marked?.secret).toBe(false);
  });

  it('never shows a secret setting, whatever is said of the variable it is mapped to', () => {
    const settings = [setting('api_keys.other', 'sk-1', true)];
    const saved = { TITLE: { setting: 'api_keys.other' } };
    const variable = one({ declared: [declaredValue('TITLE')], saved, settings, secretOverrides: { TITLE: false } });
    expect(variable).toMatchObject({ secret: true, secretOverride: false, winner: { secret: true } });
  });

  it('hides the input of an empty variable that stands for a secret one', () => {
    expect(one({ declared: [unsetReference('DATABASE', 'DB_PASSWORD')] }).secret).toBe(true);
  });

  it('hides the input of an empty variable with a secret name', () => {
    expect(one({ declared: [declaredValue('DB_PASSWORD')] }).secret).toBe(true);
    expect(one({ declared: [declaredValue('LOG_LEVEL')] }).secret).toBe(false);
  });

  it('takes names such as constructor for names', () => {
    expect(one({ declared: [declaredValue('constructor')] }).candidates).toEqual([]);
  });
});
