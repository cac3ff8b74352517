import { databaseConfig, loadConfig } from '@ushadow/observability';
import { prepareSchema } from '@ushadow/postgres';
import { auditKeysSetting, keyRingSetting, rotationExitCodes, withKeyRing, type SealedData } from '@ushadow/secrets';
import { fileURLToPath } from 'node:url';
import { auditedRotation } from './audited-rotation.ts';
import type { Environment } from './start-process.ts';
import { openTrail } from './store/open-trail.ts';
import type { AnyDatabase } from './store/service-database.ts';

const settings = databaseConfig.extend({ USHADOW_KEYS: keyRingSetting, AUDIT_KEYS: auditKeysSetting });

interface RotationOptions<Database> {
  readonly environment: Environment;
  /** Folder of the migrations of its schema. */
  readonly migrations: URL;
  readonly openDatabase: (url: string) => Database;
  readonly sealedData: (database: Database) => SealedData;
}

/** Wraps everything a service has sealed with the first key of USHADOW_KEYS. Gives the exit code. */
export async function rotateServiceKeys<Database extends AnyDatabase>({
  environment,
  migrations,
  openDatabase,
  sealedData,
}: RotationOptions<Database>): Promise<number> {
  const config = loadConfig(settings, withKeyRing(environment, 'USHADOW_KEYS', 'AUDIT_KEYS'));
  const say = (line: string): void => void process.stdout.write(`keys: ${line}\n`);
  // Data of before the first start has no rights for whoever runs, and no audit.
  const unfit = await prepareSchema(config, fileURLToPath(migrations));
  for (const problem of unfit) say(problem);
  if (unfit.length > 0) return rotationExitCodes['not-done'];
  const database = openDatabase(config.DATABASE_URL);
  try {
    const result = await auditedRotation({
      ring: config.USHADOW_KEYS,
      data: sealedData(database),
      trail: openTrail(database, config.AUDIT_KEYS),
      say,
    });
    return rotationExitCodes[result];
  } finally {
    await database.close();
  }
}
