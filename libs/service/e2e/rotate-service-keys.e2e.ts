import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from '@ushadow/postgres';
import { openEnvelope, sealEnvelope } from '@ushadow/secrets';
import { rotateServiceKeys } from '../src/index.ts';
import {
  bindingOf,
  ringOf,
  sealedData,
  settings,
  SmallDatabase,
  smallService,
  type SmallService,
} from './testing/small-service.ts';

const ROWS = 5;
const both = `${ringOf('second')},${ringOf('first')}`;

let small: SmallService;
let said: string[];
beforeEach(async () => {
  small = await smallService(import.meta.url);
  said = [];
  const { config, database, health } = await small.start();
  for (let row = 0; row < ROWS; row++) {
    const id = `row ${String(row)}`;
    const sealed = sealEnvelope(config.USHADOW_KEYS, bindingOf(id), `value of ${id}`);
    await database.postgres.count(sql`INSERT INTO scans.things (id, sealed) VALUES (${id}, ${sealed})`);
  }
  await database.postgres.count(sql`INSERT INTO scans.things (id) VALUES ('without')`);
  await database.close();
  health.close();
});
afterEach(async () => {
  await small.remove();
});

async function rotate(environment: Readonly<Record<string, string>>): Promise<number> {
  const { migrations, environment: usual } = small;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const openDatabase = (url: string): SmallDatabase => new SmallDatabase(url);
    return await rotateServiceKeys({ migrations, openDatabase, sealedData, environment: { ...usual, ...environment } });
  } finally {
    jest.restoreAllMocks();
  }
}

async function rows<T>(read: (database: SmallDatabase) => Promise<T>): Promise<T> {
  const database = new SmallDatabase(small.database.urls.scans);
  try {
    return await read(database);
  } finally {
    await database.close();
  }
}
const things = () =>
  rows(({ postgres }) =>
    postgres.rows<{ id: string; sealed: string | null }>(sql`SELECT id, sealed FROM scans.things ORDER BY id`),
  );
const results = () =>
  rows(async ({ postgres }) => {
    const entries = await postgres.rows<{ record: string }>(
      sql`SELECT record FROM scans.audit_trail ORDER BY sequence`,
    );
    return entries.map(({ record }) => (JSON.parse(record) as { action: string; result: string }).result);
  });

describe('a rotation of keys', () => {
  it('seals every value with the first key, changes none of them, and stands in the audit before and after', async () => {
    expect(await rotate({ USHADOW_KEYS: both })).toBe(0);
    const second = settings.shape.USHADOW_KEYS.parse(ringOf('second'));
    for (const { id, sealed } of await things()) {
      if (sealed === null) expect(id).toBe('without');
      else expect(openEnvelope(second, bindingOf(id), sealed).toString()).toBe(`value of ${id}`);
    }
    expect(await results()).toEqual(['accepted', 'done']);
    expect(said.join('')).toContain('nothing here needs key first any more');
    expect(
      await small.start({ USHADOW_KEYS: ringOf('second') }).then(async (started) => {
        await started.database.close();
        started.health.close();
        return started.name;
      }),
    ).toBe('scanner-service');
  });

  it('writes no value with a ring that does not fit, and ends with a code of its own', async () => {
    const before = await things();
    expect(await rotate({ USHADOW_KEYS: ringOf('second') })).toBe(3);
    expect(await things()).toEqual(before);
    expect(said.join('')).toContain('stored data needs key first');
  });

  it('writes nothing at all with the wrong keys of the audit', async () => {
    expect(await rotate({ USHADOW_KEYS: both })).toBe(0);
    const before = await things();
    expect(await rotate({ USHADOW_KEYS: both, AUDIT_KEYS: ringOf('audit', 'other') })).toBe(3);
    expect(await things()).toEqual(before);
    expect(await results()).toEqual(['accepted', 'done']);
  });
});
