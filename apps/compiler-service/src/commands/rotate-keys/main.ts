/** Wraps everything this service has sealed with the first key of USHADOW_KEYS. `npm run keys:rotate` runs it. */
import { auditedRotation } from '@ushadow/messaging';
import { databaseConfig, loadConfig } from '@ushadow/observability';
import { prepareSchema } from '@ushadow/postgres';
import { rotationExitCodes, withKeyRing } from '@ushadow/secrets';
import { fileURLToPath } from 'node:url';
import { compilerConfig } from '../../config.ts';
import { openTrail } from '../../store/audit-trail.store.ts';
import { openDatabase } from '../../store/database.store.ts';
import { sealedData } from '../../keys/sealed-data.ts';

const { USHADOW_KEYS, AUDIT_KEYS } = compilerConfig.shape;
const config = loadConfig(
  databaseConfig.extend({ USHADOW_KEYS, AUDIT_KEYS }),
  withKeyRing(process.env, 'USHADOW_KEYS', 'AUDIT_KEYS'),
);
const say = (line: string): void => void process.stdout.write(`keys: ${line}\n`);
// Data of before the first start has no rights for whoever runs, and no audit.
const unfit = await prepareSchema(config, fileURLToPath(new URL('../../../prisma/migrations', import.meta.url)));
for (const problem of unfit) say(problem);
if (unfit.length > 0) process.exit(rotationExitCodes['not-done']);

const { database, postgres, close } = openDatabase(config.DATABASE_URL);
try {
  const result = await auditedRotation({
    ring: config.USHADOW_KEYS,
    data: sealedData(database),
    trail: openTrail(postgres, config.AUDIT_KEYS),
    say,
  });
  process.exitCode = rotationExitCodes[result];
} finally {
  await close();
}
