/** `npm run clusters:import -- FOLDER`: brings the kubeconfigs of an older installation over, encrypted anew at once. */
import { databaseConfig, loadConfig, withRequestContext } from '@ushadow/observability';
import { AddressPolicy } from '@ushadow/outbound';
import { verifyKeyRing, withKeyRing } from '@ushadow/secrets';
import { openTrail } from '@ushadow/service';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ClusterStore } from '../../clusters/cluster.store.ts';
import { clusterConfig } from '../../config.ts';
import { CredentialVault } from '../../credentials/credential-vault.ts';
import { ImportClusters } from '../../import/import-clusters.ts';
import { readLegacyFolder } from '../../import/read-legacy-folder.ts';
import { CheckSchedule } from '../../status/check-schedule.ts';
import { Database } from '../../store/database.store.ts';
import { sealedData } from '../../store/sealed-data.store.ts';

const {
  USHADOW_KEYS,
  AUDIT_KEYS,
  ALLOW_PRIVATE_CLUSTERS,
  CLUSTER_ADDRESSES_ALLOW,
  CLUSTER_ADDRESSES_DENY,
  STATUS_INTERVAL_SECONDS,
} = clusterConfig.shape;
const config = loadConfig(
  databaseConfig.extend({
    USHADOW_KEYS,
    AUDIT_KEYS,
    ALLOW_PRIVATE_CLUSTERS,
    CLUSTER_ADDRESSES_ALLOW,
    CLUSTER_ADDRESSES_DENY,
    STATUS_INTERVAL_SECONDS,
    AUTH_SECRET_KEY: z.string().min(1).describe('The application secret of the older installation'),
  }),
  withKeyRing(process.env, 'USHADOW_KEYS', 'AUDIT_KEYS'),
);
const [folder = '/config/kubeconfigs'] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`import: ${line}\n`);
const database = new Database(config.DATABASE_URL);
const trail = openTrail(database, config.AUDIT_KEYS);
try {
  const problems = [
    ...(await verifyKeyRing(config.USHADOW_KEYS, sealedData(database))),
    ...(await trail.keyProblems()),
  ];
  for (const problem of problems) say(problem);
  if (problems.length > 0) process.exitCode = 1;
  else await withRequestContext({ requestId: randomUUID(), actor: 'command:import-clusters' }, importAll);
} finally {
  await database.close();
}

async function importAll(): Promise<void> {
  const policy = new AddressPolicy({
    allowLoopback: config.ALLOW_PRIVATE_CLUSTERS,
    loopbackSetting: 'ALLOW_PRIVATE_CLUSTERS',
    allow: config.CLUSTER_ADDRESSES_ALLOW,
    deny: config.CLUSTER_ADDRESSES_DENY,
    ownEndpoints: [],
  });
  const schedule = new CheckSchedule(config.STATUS_INTERVAL_SECONDS);
  const vault = new CredentialVault(config.USHADOW_KEYS);
  const importer = new ImportClusters(new ClusterStore(database, trail), vault, policy, schedule);
  for (const entry of await readLegacyFolder(folder, config.AUTH_SECRET_KEY)) {
    const { file, imported, message } = await importer.run(entry);
    say(`${file}: ${imported ? '' : 'not imported: '}${message}`);
    if (!imported) process.exitCode = 1;
  }
}
