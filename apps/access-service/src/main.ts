import 'reflect-metadata';
import { runService, startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { accessConfig } from './config.ts';
import { FirstOwner } from './grants/first-owner.store.ts';
import { Database } from './store/database.store.ts';

const service = await startService('access', {
  settings: accessConfig,
  environment: process.env,
  migrations: new URL('../migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
});

await runService(service, AppModule.forRoot(service), {
  onStarting: (app) => app.get(FirstOwner).ensure(),
});
