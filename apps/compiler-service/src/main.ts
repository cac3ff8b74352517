import 'reflect-metadata';
import { runService } from '@ushadow/messaging';
import { startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { CatalogLifecycle } from './catalog/catalog-lifecycle.ts';
import { compilerConfig } from './config.ts';
import { sealedData } from './keys/sealed-data.ts';
import { Database } from './store/database.store.ts';

const service = await startService('compiler', {
  settings: compilerConfig,
  environment: process.env,
  migrations: new URL('../prisma/migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
  sealedData,
});
const { database } = service;

await runService({
  ...service,
  module: AppModule.forRoot(service),
  checks: { database: database.check },
  onStarting: (app) => app.get(CatalogLifecycle).start(),
  onClosed: database.close,
});
