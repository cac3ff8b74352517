import type { databaseConfig, Logger } from '@ushadow/observability';
import { prepareSchema, whenDatabaseAnswers, type AuditTrail } from '@ushadow/postgres';
import { verifyKeyRing, withKeyRing, type KeyRing, type SealedData } from '@ushadow/secrets';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { startProcess, type Environment, type ProcessConfig, type StartedProcess } from './start-process.ts';
import { openTrail } from './store/open-trail.ts';
import type { AnyDatabase } from './store/service-database.ts';

/** Settings of every process that keeps something. */
type StoreConfig = ProcessConfig &
  z.output<typeof databaseConfig> & {
    readonly AUDIT_KEYS: KeyRing;
    /** Absent where nothing is sealed. */
    readonly USHADOW_KEYS?: KeyRing;
  };

export interface ServiceDescription<Config, Database> {
  readonly settings: z.ZodType<Config>;
  readonly environment: Environment;
  /** Folder of the migrations of its schema. */
  readonly migrations: URL;
  readonly openDatabase: (url: string) => Database;
  /** What it keeps under `USHADOW_KEYS`. */
  readonly sealedData?: (database: Database) => SealedData;
}

/** A service that has its database and its trail, and may serve. */
export interface StartedService<Config, Database> extends StartedProcess<Config> {
  readonly database: Database;
  readonly trail: AuditTrail;
}

/**
 * Starts a process, waits for its database, brings the schema up to date, and compares its keys with what is stored. What
 * does not fit is logged, and ends the process before it writes anything.
 */
export async function startService<Config extends StoreConfig, Database extends AnyDatabase>(
  user: Database['service'],
  { settings, environment, migrations, openDatabase, sealedData }: ServiceDescription<Config, Database>,
): Promise<StartedService<Config, Database>> {
  const rings = sealedData === undefined ? ['AUDIT_KEYS'] : ['USHADOW_KEYS', 'AUDIT_KEYS'];
  const started = await startProcess(`${user}-service`, user, settings, withKeyRing(environment, ...rings));
  const { config, redactor, logger } = started;
  redactor.add(config.DATABASE_URL, config.MIGRATION_DATABASE_URL ?? '');
  endUnlessFit(
    logger,
    await whenDatabaseAnswers(
      () => prepareSchema(config, fileURLToPath(migrations)),
      (wait) => {
        logger.warn(wait, 'the database does not answer yet');
      },
    ),
  );
  const database = openDatabase(config.DATABASE_URL);
  const trail = openTrail(database, config.AUDIT_KEYS);
  const { USHADOW_KEYS: ring } = config;
  const ofRing = ring === undefined || sealedData === undefined ? [] : await verifyKeyRing(ring, sealedData(database));
  endUnlessFit(logger, [...ofRing, ...(await trail.keyProblems())]);
  return { ...started, database, trail };
}

function endUnlessFit(logger: Logger, problems: readonly string[]): void {
  for (const problem of problems) logger.fatal(problem);
  if (problems.length > 0) process.exit(1);
}
