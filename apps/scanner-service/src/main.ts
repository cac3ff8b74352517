import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { busOptions, runService } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { migrate, whenDatabaseAnswers } from '@ushadow/postgres';
import { Redactor } from '@ushadow/secrets';
import { AppModule } from './app.module.ts';
import { scannerConfig } from './config.ts';
import { closeDatabase, openDatabase } from './store/database.store.ts';

const config = loadConfig(scannerConfig, process.env);
const bus = busOptions(config, 'scanner');
const redactor = new Redactor();
const logger = createLogger({
  service: 'scanner-service',
  level: config.LOG_LEVEL,
  redact: (line) => redactor.text(line),
});
const health = await startHealthServer(config);
const directory = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
await whenDatabaseAnswers(
  () => migrate({ url: config.DATABASE_URL, directory }),
  (wait) => logger.warn(wait, 'the database does not answer yet'),
);
const database = openDatabase(config.DATABASE_URL);

await runService({
  name: 'scanner-service',
  bus,
  health,
  logger,
  module: AppModule.forRoot({ config, bus, database, logger }),
  checks: { database: () => database.pool.check() },
  onClosed: () => closeDatabase(database),
});
