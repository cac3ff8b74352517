import 'reflect-metadata';
import { RepeatStore } from '@ushadow/postgres';
import { runService, startService } from '@ushadow/service';
import { AppModule } from './app.module.ts';
import { Background } from './background.ts';
import { deployerConfig } from './config.ts';
import { DesiredStateCipher } from './deployments/desired-state.ts';
import { migrateServices } from './stacks/migrate-services.store.ts';
import { Database } from './store/database.store.ts';
import { sealedData } from './store/sealed-data.store.ts';

const service = await startService('deployer', {
  settings: deployerConfig,
  environment: process.env,
  migrations: new URL('../prisma/migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
  sealedData,
});
const { config, database, logger } = service;

const migrated = await migrateServices(database, new DesiredStateCipher(config.USHADOW_KEYS));
if (migrated > 0) logger.info({ stacks: migrated }, 'what was kept by service is the stacks’ now');

await runService(service, AppModule.forRoot(service), {
  onEnding: (app) => {
    app.get(Background).handOver();
  },
  repeats: new RepeatStore(database.postgres, database.schema),
});
