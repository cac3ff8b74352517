import { Injectable } from '@nestjs/common';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { registryServes } from '@ushadow/kubernetes';
import { sealFor } from '../clusters/seal-for.ts';
import { ListPullSecrets } from './list-pull-secrets.ts';
import { PullSecretStore } from './pull-secret.store.ts';
import { PullSecretVault } from './pull-secret-vault.ts';

type Operation = typeof operations.openPullSecrets;

/** Hands the credentials that some images need to another service, readable by that service alone. */
@Injectable()
export class OpenPullSecrets {
  constructor(
    private readonly kept: ListPullSecrets,
    private readonly store: PullSecretStore,
    private readonly vault: PullSecretVault,
  ) {}

  async run({ cluster_id: clusterId, images, recipient }: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const wanted = (await this.kept.run(clusterId))
      .map(({ registry }) => registry)
      .filter((registry) => images.some((image) => registryServes(registry, image)));
    if (wanted.length === 0) return { registries: [], sealed: null };
    const opened = (await this.store.open(clusterId, wanted)).map(({ registry, username, password, version }) => ({
      registry,
      username,
      password: this.vault.open(clusterId, registry, version, password),
    }));
    return {
      registries: opened.map(({ registry }) => registry),
      sealed: sealFor(recipient, JSON.stringify(opened)),
    };
  }
}
