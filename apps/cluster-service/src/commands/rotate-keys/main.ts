/** Wraps everything this service has sealed with the first key of USHADOW_KEYS. `npm run keys:rotate` runs it. */
import { databaseConfig, loadConfig } from '@ushadow/observability';
import { rotationExitCodes, runRotation, withKeyRing } from '@ushadow/secrets';
import { clusterConfig } from '../../config.ts';
import { openDatabase } from '../../store/database.store.ts';
import { sealedData } from '../../store/sealed-data.store.ts';

const config = loadConfig(
  databaseConfig.extend({ USHADOW_KEYS: clusterConfig.shape.USHADOW_KEYS }),
  withKeyRing(process.env),
);
const { database, close } = openDatabase(config.DATABASE_URL);
try {
  const say = (line: string) => process.stdout.write(`keys: ${line}\n`);
  process.exitCode = rotationExitCodes[await runRotation(config.USHADOW_KEYS, sealedData(database), say)];
} finally {
  await close();
}
