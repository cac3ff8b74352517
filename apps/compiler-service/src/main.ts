import 'reflect-metadata';
import { runService } from '@ushadow/messaging';
import { startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { Catalog } from './catalog/catalog.ts';
import { readVariables } from './catalog/read-variables.ts';
import { compilerConfig, podPolicy } from './config.ts';
import { installationKeys } from './keys/installation-keys.ts';
import { InstallationKeyStore } from './keys/installation-key.store.ts';
import { sealedData } from './keys/sealed-data.ts';
import { Database } from './store/database.store.ts';
import { UnusedUploadStore } from './uploads/unused-uploads.store.ts';
import { UploadStore } from './uploads/upload.store.ts';
import { UploadedProjects } from './uploads/uploaded-projects.ts';
import { DEFAULT_WORK_LIMITS } from './work/work-limits.ts';
import { Workers } from './work/workers.ts';

const service = await startService('compiler', {
  settings: compilerConfig,
  environment: process.env,
  migrations: new URL('../prisma/migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
  sealedData,
});
const { config, database, trail } = service;
const keys = await installationKeys(new InstallationKeyStore(database, config.USHADOW_KEYS));
const uploads = new UploadStore(database, config.USHADOW_KEYS, trail);
const uploaded = new UploadedProjects(uploads);
const unused = new UnusedUploadStore(database.postgres, trail, config.KEEP_DAYS);
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
  ...service,
  module: AppModule.forRoot({ ...service, unused, catalog, uploads, keys, workers }),
  checks: { database: database.check },
  // Whoever asks first must not find an empty list.
  onStarting: () => catalog.readAll(),
  onClosed: async () => {
    await catalog.close();
    uploaded.stop();
    await workers.close();
    await uploaded.close();
    await database.close();
  },
});
