import 'reflect-metadata';
import { busOptions, runService } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { prepareSchema, RepeatStore, whenDatabaseAnswers } from '@ushadow/postgres';
import { Redactor, verifyKeyRing, withKeyRing } from '@ushadow/secrets';
import { fileURLToPath } from 'node:url';
import { DesiredStateCipher } from './deployments/desired-state.ts';
import { migrateServices } from './stacks/migrate-services.store.ts';
import { openTrail } from './audit/audit-trail.store.ts';
import { AppModule } from './app.module.ts';
import { Background } from './background.ts';
import { deployerConfig } from './config.ts';
import { openDatabase } from './store/database.store.ts';
import { sealedData } from './store/sealed-data.store.ts';

const config = loadConfig(deployerConfig, withKeyRing(process.env, 'USHADOW_KEYS', 'AUDIT_KEYS'));
const bus = busOptions(config, 'deployer');
const redactor = new Redactor([config.DATABASE_URL, config.MIGRATION_DATABASE_URL ?? '']);
const logger = createLogger({
  service: 'deployer-service',
  level: config.LOG_LEVEL,
  redact: (line) => redactor.text(line),
});
const health = await startHealthServer(config);
const directory = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
const unfit = await whenDatabaseAnswers(
  () => prepareSchema(config, directory),
  (wait) => logger.warn(wait, 'the database does not answer yet'),
);
for (const problem of unfit) logger.fatal(problem);
if (unfit.length > 0) process.exit(1);
const database = openDatabase(config.DATABASE_URL);

const trail = openTrail(database.postgres, config.AUDIT_KEYS);
const problems = [...(await verifyKeyRing(config.USHADOW_KEYS, sealedData(database))), ...(await trail.keyProblems())];
for (const problem of problems) logger.fatal(problem);
if (problems.length > 0) process.exit(1);

const migrated = await migrateServices(database, new DesiredStateCipher(config.USHADOW_KEYS));
if (migrated > 0) logger.info({ stacks: migrated }, 'what was kept by service is the stacks’ now');

await runService({
  name: 'deployer-service',
  bus,
  health,
  logger,
  module: AppModule.forRoot({ config, bus, database, trail, logger, redactor }),
  onEnding: (app) => {
    app.get(Background).handOver();
  },
  checks: { postgres: database.check },
  repeats: new RepeatStore(database.postgres, 'deployments'),
  onClosed: database.close,
});
