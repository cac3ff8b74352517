import 'reflect-metadata';
import { RepeatStore } from '@ushadow/postgres';
import { runService, startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { Streams } from './byte-streams/streams.ts';
import { operationsConfig } from './config.ts';
import { Database } from './store/database.store.ts';

const service = await startService('operations', {
  settings: operationsConfig,
  environment: process.env,
  migrations: new URL('../prisma/migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
});
const { database } = service;

await runService(service, AppModule.forRoot(service), {
  onEnding: (app) => {
    app.get(Streams).end();
  },
  repeats: new RepeatStore(database.postgres, database.schema),
});
