import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { busOptions, runService } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { prepareSchema, RepeatStore, whenDatabaseAnswers } from '@ushadow/postgres';
import { Redactor, verifyKeyRing, withKeyRing } from '@ushadow/secrets';
import { AppModule } from './app.module.ts';
import { clusterConfig } from './config.ts';
import { openTrail } from './store/audit-trail.store.ts';
import { openDatabase } from './store/database.store.ts';
import { sealedData } from './store/sealed-data.store.ts';

const config = loadConfig(clusterConfig, withKeyRing(process.env, 'USHADOW_KEYS', 'AUDIT_KEYS'));
const bus = busOptions(config, 'cluster');
const redactor = new Redactor();
const logger = createLogger({
  service: 'cluster-service',
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
const { database, postgres, check, close } = openDatabase(config.DATABASE_URL);

const trail = openTrail(postgres, config.AUDIT_KEYS);
const problems = [...(await verifyKeyRing(config.USHADOW_KEYS, sealedData(database))), ...(await trail.keyProblems())];
for (const problem of problems) logger.fatal(problem);
if (problems.length > 0) process.exit(1);

await runService({
  name: 'cluster-service',
  bus,
  health,
  logger,
  module: AppModule.forRoot({ config, bus, database, trail, logger }),
  checks: { database: check },
  repeats: new RepeatStore(postgres, 'clusters'),
  onClosed: close,
});
