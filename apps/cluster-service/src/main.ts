import 'reflect-metadata';
import { RepeatStore } from '@ushadow/postgres';
import { runService, startService } from '@ushadow/service';
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

await runService(service, AppModule.forRoot(service), {
  repeats: new RepeatStore(database.postgres, database.schema),
});
