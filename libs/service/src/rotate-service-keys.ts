import { auditedRotation } from '@ushadow/messaging';
import { databaseConfig, loadConfig } from '@ushadow/observability';
import { auditKeysSetting, keyRingSetting, rotationExitCodes, withKeyRing, type SealedData } from '@ushadow/secrets';
import type { Environment } from './start-process.ts';
import { openTrail } from './store/open-trail.ts';
import type { AnyDatabase } from './store/service-database.ts';

const settings = databaseConfig.extend({ USHADOW_KEYS: keyRingSetting, AUDIT_KEYS: auditKeysSetting });

interface RotationOptions<Database> {
  readonly environment: Environment;
  readonly openDatabase: (url: string) => Database;
  readonly sealedData: (database: Database) => SealedData;
}

/** Wraps everything a service has sealed with the first key of USHADOW_KEYS. Gives the exit code. */
export async function rotateServiceKeys<Database extends AnyDatabase>({
  environment,
  openDatabase,
  sealedData,
}: RotationOptions<Database>): Promise<number> {
  const config = loadConfig(settings, withKeyRing(environment, 'USHADOW_KEYS', 'AUDIT_KEYS'));
  const database = openDatabase(config.DATABASE_URL);
  try {
    const result = await auditedRotation({
      ring: config.USHADOW_KEYS,
      data: sealedData(database),
      trail: openTrail(database, config.AUDIT_KEYS),
      say: (line) => process.stdout.write(`keys: ${line}\n`),
    });
    return rotationExitCodes[result];
  } finally {
    await database.close();
  }
}
