import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { busOptions, runService } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { prepareSchema, whenDatabaseAnswers } from '@ushadow/postgres';
import { Redactor, withKeyRing } from '@ushadow/secrets';
import { AppModule } from './app.module.ts';
import { scannerConfig } from './config.ts';
import { openTrail } from './store/audit-trail.store.ts';
import { closeDatabase, openDatabase } from './store/database.store.ts';

const config = loadConfig(scannerConfig, withKeyRing(process.env, 'AUDIT_KEYS'));
const bus = busOptions(config, 'scanner');
const redactor = new Redactor();
const logger = createLogger({
  service: 'scanner-service',
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
const problems = await trail.keyProblems();
for (const problem of problems) logger.fatal(problem);
if (problems.length > 0) process.exit(1);

await runService({
  name: 'scanner-service',
  bus,
  health,
  logger,
  module: AppModule.forRoot({ config, bus, database, trail, logger }),
  checks: { database: () => database.pool.check() },
  onClosed: () => closeDatabase(database),
});
