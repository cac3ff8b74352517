import 'reflect-metadata';
import { runService, startService } from '@ushadow/service';
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

await runService(service, AppModule.forRoot(service), {
  onStarting: (app) => app.get(CatalogLifecycle).start(),
});
