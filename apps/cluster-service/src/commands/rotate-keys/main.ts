/** `npm run keys:rotate`: wraps all stored credentials with the first key of USHADOW_KEYS. Safe beside running services. */
import { databaseConfig, loadConfig } from '@ushadow/observability';
import { clusterConfig } from '../../config.ts';
import { KeyCheckStore } from '../../credentials/key-check.store.ts';
import { KeyRotationStore } from '../../credentials/key-rotation.store.ts';
import { RotateKeys } from '../../credentials/rotate-keys.ts';
import { verifyKeys } from '../../credentials/verify-keys.ts';
import { openDatabase } from '../../store/database.store.ts';

const config = loadConfig(databaseConfig.extend({ USHADOW_KEYS: clusterConfig.shape.USHADOW_KEYS }), process.env);
const say = (line: string) => process.stdout.write(`${line}\n`);
const { ids, current } = config.USHADOW_KEYS;
const database = openDatabase(config.DATABASE_URL);
try {
  const checks = new KeyCheckStore(database);
  const problems = await verifyKeys(config.USHADOW_KEYS, checks);
  if (problems.length > 0) {
    for (const problem of problems) say(`keys: ${problem}`);
    process.exitCode = 1;
  } else {
    const rotation = new RotateKeys(config.USHADOW_KEYS, new KeyRotationStore(database), checks);
    const result = await rotation.run((rewrapped) =>
      say(`keys: ${rewrapped} credentials wrapped with key ${current.id}`),
    );
    say(`keys: done, ${result.rewrapped} wrapped now, ${result.unreadable.length} unreadable`);
    for (const id of result.unreadable) say(`keys: cluster ${id} cannot be opened; register it again`);
    for (const id of ids.filter((one) => one !== current.id && !result.keysInUse.includes(one))) {
      say(`keys: no cluster credential needs key ${id} any more`);
    }
    process.exitCode = result.unreadable.length > 0 ? 1 : 0;
  }
} finally {
  await database.$disconnect();
}
