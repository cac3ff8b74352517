import { databaseConfig, loadConfig } from '@ushadow/observability';
import { rotationExitCodes, runRotation, withKeyRing } from '@ushadow/secrets';
import { compilerConfig } from '../../config.ts';
import { sealedData } from '../../keys/sealed-data.ts';
import { openDatabase } from '../../store/database.store.ts';

const config = loadConfig(
  databaseConfig.extend({ USHADOW_KEYS: compilerConfig.shape.USHADOW_KEYS }),
  withKeyRing(process.env),
);
const { database, close } = openDatabase(config.DATABASE_URL);
try {
  const result = await runRotation(config.USHADOW_KEYS, sealedData(database), (line) => {
    process.stdout.write(`keys: ${line}\n`);
  });
  process.exitCode = rotationExitCodes[result];
} finally {
  await close();
}
