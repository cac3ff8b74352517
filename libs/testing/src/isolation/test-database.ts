import { randomBytes } from 'node:crypto';
import {
  databaseUrl,
  ownerUrl,
  provisionDatabase,
  quote,
  runningUrl,
  schemaRoles,
  withClient,
} from '../servers/postgres/provision.ts';
import { SCHEMAS } from '../services/catalogue.ts';
import type { SchemaName } from '../services/catalogue.ts';
import { testVariable } from './test-environment.ts';

/** A database that nobody else uses, with a schema for each service that owns data, and its two roles. */
export type TestDatabase = {
  readonly name: string;
  /** A superuser's URL, for looking in from outside. */
  readonly adminUrl: string;
  /** What each owning service gets as DATABASE_URL. */
  readonly urls: Readonly<Record<SchemaName, string>>;
  /** What it gets as MIGRATION_DATABASE_URL. */
  readonly ownerUrls: Readonly<Record<SchemaName, string>>;
  readonly drop: () => Promise<void>;
};

const TEMPLATE = 'ushadow_template';

/** The same in every database of the run: roles belong to the server. */
const ROLES = SCHEMAS.map((schema) => ({ ...schemaRoles(schema, 'test'), schema }));

/** Makes the template that `testDatabase` copies; once per run, before the test files start. */
export async function prepareTemplateDatabase(adminUrl: string): Promise<void> {
  await provisionDatabase(adminUrl, TEMPLATE, ROLES);
}

/** Copies the template, which takes some ten milliseconds. */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = testVariable('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, async (client) => {
    await client.query(`CREATE DATABASE ${quote(name)} TEMPLATE ${quote(TEMPLATE)}`);
    for (const { owner, running } of ROLES)
      await client.query(`GRANT CONNECT ON DATABASE ${quote(name)} TO ${quote(owner)}, ${quote(running)}`);
  });
  const urlsOf = (urlOf: typeof ownerUrl) =>
    Object.fromEntries(ROLES.map((roles) => [roles.schema, urlOf(adminUrl, name, roles)])) as Record<
      SchemaName,
      string
    >;
  return {
    name,
    adminUrl: databaseUrl(adminUrl, name),
    urls: urlsOf(runningUrl),
    ownerUrls: urlsOf(ownerUrl),
    drop: () =>
      withClient(adminUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`);
      }),
  };
}
