import 'reflect-metadata';
import { busOptions, runService } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { prepareSchema, whenDatabaseAnswers } from '@ushadow/postgres';
import { Redactor, verifyKeyRing, withKeyRing } from '@ushadow/secrets';
import { fileURLToPath } from 'node:url';
import { AppModule } from './app.module.ts';
import { Catalog } from './catalog/catalog.ts';
import { readVariables } from './catalog/read-variables.ts';
import { compilerConfig, podPolicy } from './config.ts';
import { installationKeys } from './keys/installation-keys.ts';
import { InstallationKeyStore } from './keys/installation-key.store.ts';
import { sealedData } from './keys/sealed-data.ts';
import { openTrail } from './store/audit-trail.store.ts';
import { openDatabase } from './store/database.store.ts';
import { UnusedUploadStore } from './uploads/unused-uploads.store.ts';
import { UploadStore } from './uploads/upload.store.ts';
import { UploadedProjects } from './uploads/uploaded-projects.ts';
import { DEFAULT_WORK_LIMITS } from './work/work-limits.ts';
import { Workers } from './work/workers.ts';

const config = loadConfig(compilerConfig, withKeyRing(process.env, 'USHADOW_KEYS', 'AUDIT_KEYS'));
const bus = busOptions(config, 'compiler');
const redactor = new Redactor([config.DATABASE_URL, config.MIGRATION_DATABASE_URL ?? '']);
const logger = createLogger({
  service: 'compiler-service',
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

const keys = await installationKeys(new InstallationKeyStore(database, config.USHADOW_KEYS));
const uploads = new UploadStore(database, config.USHADOW_KEYS, trail);
const uploaded = new UploadedProjects(uploads);
const unused = new UnusedUploadStore(postgres, trail, config.KEEP_DAYS);
const workers = new Workers({
  ...DEFAULT_WORK_LIMITS,
  cpuSeconds: config.PROJECT_CPU_SECONDS,
  megabytes: config.PROJECT_MEMORY_MB,
});
const catalog = new Catalog({
  root: config.COMPOSE_DIR,
  policy: podPolicy(config),
  digestKey: keys.files,
  variables: readVariables(config.COMPOSE_ENV_FILE),
  uploads: uploaded,
  workers,
});
await catalog.watch();

await runService({
  name: 'compiler-service',
  bus,
  health,
  logger,
  module: AppModule.forRoot({ config, bus, logger, database, trail, unused, catalog, uploads, keys, workers }),
  checks: { database: check },
  // Whoever asks first must not find an empty list.
  onStarting: () => catalog.readAll(),
  onClosed: async () => {
    await catalog.close();
    uploaded.stop();
    await workers.close();
    await uploaded.close();
    await close();
  },
});
