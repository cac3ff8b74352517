import 'reflect-metadata';
import { runService } from '@ushadow/messaging';
import { RepeatStore } from '@ushadow/postgres';
import { startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { clusterConfig } from './config.ts';
import { Database } from './store/database.store.ts';
import { sealedData } from './store/sealed-data.store.ts';

const service = await startService('cluster', {
  settings: clusterConfig,
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
  repeats: new RepeatStore(database.postgres, database.schema),
  onClosed: database.close,
});
