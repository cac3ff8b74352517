import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { auditDraft } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { sql } from '@ushadow/postgres';
import { sealEnvelope } from '@ushadow/secrets';
import type { StartedService } from '../src/index.ts';
import { Ended, throwAtExit } from './testing/ended-process.ts';
import {
  bindingOf,
  ringOf,
  smallService,
  type SmallConfig,
  type SmallDatabase,
  type SmallService,
} from './testing/small-service.ts';

type Started = StartedService<SmallConfig, SmallDatabase>;

let small: SmallService;
beforeEach(async () => {
  small = await smallService(import.meta.url);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await small.remove();
});

const countOf = async ({ database: { postgres } }: Started, table: 'key_checks' | 'audit_trail'): Promise<number> => {
  const counted = table === 'key_checks' ? sql`scans.key_checks` : sql`scans.audit_trail`;
  const [row] = await postgres.rows<{ count: number }>(sql`SELECT count(*)::int AS count FROM ${counted}`);
  return row?.count ?? -1;
};

async function withService(use: (service: Started) => Promise<void>): Promise<void> {
  const service = await small.start();
  try {
    await use(service);
  } finally {
    await service.database.close();
    service.health.close();
  }
}

/** A value sealed with the keys of this start, and an entry about it. */
async function keepSomething({ config, trail, database: { postgres } }: Started): Promise<void> {
  const sealed = sealEnvelope(config.USHADOW_KEYS, bindingOf('a'), 'value');
  await postgres.count(sql`INSERT INTO scans.things (id, sealed) VALUES ('a', ${sealed})`);
  await withRequestContext({ requestId: 'r', actor: 'test' }, () => {
    const draft = auditDraft({ action: 'scan.removed', target: 'a' });
    return postgres.transaction((queries) => trail.append(queries, [{ ...draft, result: 'done' }]));
  });
}

describe('a service that starts', () => {
  it('has its schema, which it does not own, and is not ready before it serves', async () => {
    await withService(async (service) => {
      await service.database.check();
      await expect(service.database.postgres.count(sql`DROP TABLE scans.things`)).rejects.toThrow();
      expect(await service.health.answer('/readyz')).toEqual([503, { ready: false, checks: { process: 'starting' } }]);
    });
  });

  it('starts again with the same keys, and says no word of its database’s address', async () => {
    await withService(keepSomething);
    await withService(async ({ redactor, trail }) => {
      expect(await trail.keyProblems()).toEqual([]);
      const { DATABASE_URL = '', MIGRATION_DATABASE_URL = '' } = small.environment;
      const masked = redactor.text(`no way to ${DATABASE_URL} or ${MIGRATION_DATABASE_URL}`);
      for (const url of [DATABASE_URL, MIGRATION_DATABASE_URL]) {
        expect(masked).not.toContain(url);
        expect(masked).not.toContain(new URL(url).password);
      }
    });
  });

  it.each([
    ['a key of its data that is another one', { USHADOW_KEYS: ringOf('first', 'other') }],
    ['a ring without a key of its data', { USHADOW_KEYS: ringOf('second') }],
    ['a key of its audit that is another one', { AUDIT_KEYS: ringOf('audit', 'other') }],
    ['a ring without a key of its audit', { AUDIT_KEYS: ringOf('second') }],
  ])('ends with 1 and writes nothing for %s', async (_what, environment) => {
    await withService(keepSomething);
    throwAtExit();
    await expect(small.start(environment)).rejects.toEqual(new Ended(1));
    jest.restoreAllMocks();
    await withService(async (service) => {
      expect(await countOf(service, 'key_checks')).toBe(1);
      expect(await countOf(service, 'audit_trail')).toBe(1);
    });
  });

  it('ends with 1 for a schema that is not there and that it may not make', async () => {
    throwAtExit();
    await expect(small.start({ MIGRATION_DATABASE_URL: '' })).rejects.toEqual(new Ended(1));
  });

  it('ends with 1 for a setting that does not fit, and says which, not what it is', async () => {
    const said: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    throwAtExit();
    await expect(small.start({ AUDIT_KEYS: 'audit:hunter2' })).rejects.toEqual(new Ended(1));
    expect(said.join('')).toMatch(/AUDIT_KEYS/);
    expect(said.join('')).not.toContain('hunter2');
  });
});
