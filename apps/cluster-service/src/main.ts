import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { busOptions, runService } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { migrate, RepeatStore, whenDatabaseAnswers } from '@ushadow/postgres';
import { Redactor, verifyKeyRing, withKeyRing } from '@ushadow/secrets';
import { AppModule } from './app.module.ts';
import { clusterConfig } from './config.ts';
import { openDatabase } from './store/database.store.ts';
import { sealedData } from './store/sealed-data.store.ts';

const config = loadConfig(clusterConfig, withKeyRing(process.env));
const bus = busOptions(config, 'cluster');
const redactor = new Redactor();
const logger = createLogger({
  service: 'cluster-service',
  level: config.LOG_LEVEL,
  redact: (line) => redactor.text(line),
});
const health = await startHealthServer(config);
const directory = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
await whenDatabaseAnswers(
  () => migrate({ url: config.DATABASE_URL, directory }),
  (wait) => logger.warn(wait, 'the database does not answer yet'),
);
const { database, postgres, check, close } = openDatabase(config.DATABASE_URL);

const problems = await verifyKeyRing(config.USHADOW_KEYS, sealedData(database));
for (const problem of problems) logger.fatal(problem);
if (problems.length > 0) process.exit(1);

await runService({
  name: 'cluster-service',
  bus,
  health,
  logger,
  module: AppModule.forRoot({ config, bus, database, logger }),
  checks: { database: check },
  repeats: new RepeatStore(postgres, 'clusters'),
  onClosed: close,
});
