import 'reflect-metadata';
import { runService, startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { scannerConfig } from './config.ts';
import { Database } from './store/database.store.ts';

const service = await startService('scanner', {
  settings: scannerConfig,
  environment: process.env,
  migrations: new URL('../prisma/migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
});

await runService(service, AppModule.forRoot(service));
