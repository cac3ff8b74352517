import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { testVariable } from '../../isolation/test-environment.ts';
import { databaseUrl, ownerUrl, provisionDatabase, quote, runningUrl, withClient } from './provision.ts';

const name = `provision_${randomBytes(6).toString('hex')}`;
const roles = { schema: 'things', owner: `${name}_owner`, running: name, password: 'test' };

describe('the roles of a service', () => {
  const admin = testVariable('postgresUrl');

  beforeAll(async () => {
    // As it was with one role, which owned everything.
    await withClient(admin, async (client) => {
      await client.query(`CREATE ROLE ${quote(name)} LOGIN PASSWORD 'test'`);
      await client.query(`CREATE DATABASE ${quote(name)}`);
    });
    await withClient(databaseUrl(admin, name), async (client) => {
      await client.query(`CREATE SCHEMA things AUTHORIZATION ${quote(name)}`);
      await client.query(`SET ROLE ${quote(name)}; CREATE TABLE things.kept (x int)`);
    });
    await provisionDatabase(admin, name, [roles]);
  });
  afterAll(async () => {
    await withClient(admin, async (client) => {
      await client.query(`DROP DATABASE ${quote(name)} WITH (FORCE)`);
      await client.query(`DROP ROLE ${quote(roles.owner)}, ${quote(roles.running)}`);
    });
  });

  const tables = (url: string) =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ owner: string }>(
        `SELECT tableowner AS owner FROM pg_tables WHERE schemaname = 'things'`,
      );
      return rows.map(({ owner }) => owner);
    });

  it('are parted, also where there was one: what it owned is the owner’s', async () => {
    expect(await tables(ownerUrl(admin, name, roles))).toEqual([roles.owner]);
    await provisionDatabase(admin, name, [roles]);
    expect(await tables(runningUrl(admin, name, roles))).toEqual([roles.owner]);
  });

  it('leave the running role nothing of its own, and no place to make anything', async () => {
    await withClient(runningUrl(admin, name, roles), async (client) => {
      for (const statement of ['DROP TABLE things.kept', 'CREATE TABLE things.mine (x int)', 'CREATE SCHEMA mine'])
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    });
  });
});
