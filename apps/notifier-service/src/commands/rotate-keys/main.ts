/** Wraps everything this service has sealed with the first key of USHADOW_KEYS. `npm run keys:rotate` runs it. */
import { rotateServiceKeys } from '@ushadow/service';
import { Database } from '../../store/database.store.ts';
import { sealedData } from '../../store/sealed-data.store.ts';

process.exitCode = await rotateServiceKeys({
  environment: process.env,
  migrations: new URL('../../../migrations', import.meta.url),
  openDatabase: (url) => new Database(url),
  sealedData,
});
