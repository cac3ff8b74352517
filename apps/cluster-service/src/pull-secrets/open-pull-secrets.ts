import { Injectable } from '@nestjs/common';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { registryServes } from '@ushadow/kubernetes';
import { ListPullSecrets } from './list-pull-secrets.ts';
import { PullSecretStore } from './pull-secret.store.ts';
import { PullSecretVault } from './pull-secret-vault.ts';

type Operation = typeof operations.openPullSecrets;

/** Hands the credentials that some images need to another service, sealed by the bus to that service alone. */
@Injectable()
export class OpenPullSecrets {
  constructor(
    private readonly kept: ListPullSecrets,
    private readonly store: PullSecretStore,
    private readonly vault: PullSecretVault,
  ) {}

  async run({ cluster_id: clusterId, images }: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const wanted = (await this.kept.run(clusterId))
      .map(({ registry }) => registry)
      .filter((registry) => images.some((image) => registryServes(registry, image)));
    const opened = wanted.length === 0 ? [] : await this.store.open(clusterId, wanted);
    const credentials = opened.map(({ registry, username, password, version }) => ({
      registry,
      username,
      password: this.vault.open(clusterId, registry, version, password),
    }));
    return { credentials };
  }
}
