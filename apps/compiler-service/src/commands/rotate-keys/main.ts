import { databaseConfig, loadConfig } from '@ushadow/observability';
import { runRotation } from '@ushadow/secrets';
import { compilerConfig } from '../../config.ts';
import { sealedData } from '../../keys/sealed-data.ts';
import { openDatabase } from '../../store/database.store.ts';

const config = loadConfig(databaseConfig.extend({ USHADOW_KEYS: compilerConfig.shape.USHADOW_KEYS }), process.env);
const { database, close } = openDatabase(config.DATABASE_URL);
try {
  const done = await runRotation(config.USHADOW_KEYS, sealedData(database), (line) => {
    process.stdout.write(`keys: ${line}\n`);
  });
  process.exitCode = done ? 0 : 1;
} finally {
  await close();
}
