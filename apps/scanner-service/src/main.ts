import 'reflect-metadata';
import { runService } from '@ushadow/messaging';
import { startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { scannerConfig } from './config.ts';
import { Database } from './store/database.store.ts';

const service = await startService('scanner', {
  settings: scannerConfig,
  environment: process.env,
  migrations: new URL('../prisma/migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
});
const { database } = service;

await runService({
  ...service,
  module: AppModule.forRoot(service),
  checks: { database: database.check },
  onClosed: database.close,
});
