import 'reflect-metadata';
import { runService, startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { notifierConfig } from './config.ts';
import { Database } from './store/database.store.ts';
import { sealedData } from './store/sealed-data.store.ts';

const service = await startService('notifier', {
  settings: notifierConfig,
  environment: process.env,
  migrations: new URL('../migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
  sealedData,
});

await runService(service, AppModule.forRoot(service));
