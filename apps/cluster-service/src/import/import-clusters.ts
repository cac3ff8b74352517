import { DomainError } from '@ushadow/contracts';
import type { AddressPolicy } from '@ushadow/outbound';
import { checkUpload, refuseFailed } from '../check/check-upload.ts';
import type { ClusterStore } from '../clusters/cluster.store.ts';
import { DEFAULT_NAMESPACE } from '../clusters/cluster.ts';
import { credentialTimes } from '../credentials/credential-times.ts';
import type { CredentialVault } from '../credentials/credential-vault.ts';
import { endpointOf, identityOf } from '../identity/cluster-identity.ts';
import { readKubeconfig } from '../kubeconfig/read-upload.ts';
import type { CheckSchedule } from '../status/check-schedule.ts';
import type { LegacyKubeconfig } from './read-legacy-folder.ts';

export interface ImportOutcome {
  readonly file: string;
  readonly imported: boolean;
  /** Name and status of the cluster, or why it was not imported. */
  readonly message: string;
}

/** Brings clusters of an older installation over under their ids. Run twice, it imports nothing twice. */
export class ImportClusters {
  private readonly store: ClusterStore;
  private readonly vault: CredentialVault;
  private readonly policy: AddressPolicy;
  private readonly schedule: CheckSchedule;

  constructor(store: ClusterStore, vault: CredentialVault, policy: AddressPolicy, schedule: CheckSchedule) {
    this.store = store;
    this.vault = vault;
    this.policy = policy;
    this.schedule = schedule;
  }

  async run(entry: LegacyKubeconfig): Promise<ImportOutcome> {
    const { file } = entry;
    if ('problem' in entry) return { file, imported: false, message: entry.problem };
    try {
      const message = await this.importOne(entry.clusterId, entry.text);
      return { file, imported: true, message: entry.warning === null ? message : `${message}; ${entry.warning}` };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { file, imported: false, message: error.message };
    }
  }

  private async importOne(id: string, text: string): Promise<string> {
    const known = await this.store.find(id);
    if (known !== undefined) return `"${known.name}" is registered already`;
    // The name the older record kept as `server` was none: the URL comes from the kubeconfig.
    const { context, connection, namespace = DEFAULT_NAMESPACE } = readKubeconfig(text, undefined);
    const { check } = await checkUpload(connection, this.policy);
    refuseFailed(check, { allowUnreachable: true });
    const now = new Date();
    const row = {
      id,
      context,
      server: connection.server,
      namespace,
      labels: {},
      ...this.vault.seal(id, 1, connection),
      ...identityOf(endpointOf(connection), check),
      credentialExpiresAt: credentialTimes(connection.auth).expires,
    };
    // All of them: records of the older installation name each by its id.
    const first = { check, now, nextCheckAt: this.schedule.next(now, check.status, 0), allowDuplicate: true };
    const byContext = await this.store.create({ ...row, name: context }, first);
    const outcome =
      'created' in byContext ? byContext : await this.store.create({ ...row, name: `${context}-${id}` }, first);
    if (!('created' in outcome)) return `"${id}" is ${check.status}`;
    const { name, sameAs } = outcome.created;
    return `"${name}" is ${check.status}${sameAs.length === 0 ? '' : `, on the API server of ${sameAs.join(', ')}`}`;
  }
}
