import { randomBytes } from 'node:crypto';
import { databaseUrl, ownerUrl, provisionDatabase, quote, withClient } from '../servers/postgres/provision.ts';
import type { Ownership } from '../servers/postgres/provision.ts';
import { SCHEMAS } from '../services/catalogue.ts';
import type { SchemaName } from '../services/catalogue.ts';
import { testVariable } from './test-environment.ts';

/** A database that nobody else uses, with one role and one schema for each service that owns data. */
export type TestDatabase = {
  readonly name: string;
  /** A superuser's URL, for looking in from outside. */
  readonly adminUrl: string;
  /** What each owning service gets as DATABASE_URL. */
  readonly urls: Readonly<Record<SchemaName, string>>;
  readonly drop: () => Promise<void>;
};

const TEMPLATE = 'ushadow_template';

/** The same in every database of the run: roles belong to the server. */
const OWNERS: readonly Ownership[] = SCHEMAS.map((schema) => ({ schema, role: `ushadow_${schema}`, password: 'test' }));

/** Makes the template that `testDatabase` copies; once per run, before the test files start. */
export async function prepareTemplateDatabase(adminUrl: string): Promise<void> {
  await provisionDatabase(adminUrl, TEMPLATE, OWNERS);
}

/** Copies the template, which takes some ten milliseconds. */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = testVariable('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, async (client) => {
    await client.query(`CREATE DATABASE ${quote(name)} TEMPLATE ${quote(TEMPLATE)}`);
    for (const { role } of OWNERS) await client.query(`GRANT CONNECT ON DATABASE ${quote(name)} TO ${quote(role)}`);
  });
  const urls = Object.fromEntries(OWNERS.map((owner) => [owner.schema, ownerUrl(adminUrl, name, owner)]));
  return {
    name,
    adminUrl: databaseUrl(adminUrl, name),
    urls: urls as Record<SchemaName, string>,
    drop: () =>
      withClient(adminUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`);
      }),
  };
}
