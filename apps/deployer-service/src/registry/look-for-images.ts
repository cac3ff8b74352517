import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@ushadow/contracts';
import { AddressPolicy } from '@ushadow/outbound';
import { Redactor } from '@ushadow/secrets';
import { CONFIG } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { PullSecrets } from '../updates/pull-secrets.ts';
import { readImageName } from './image-name.ts';
import { RegistryClient, RegistryError } from './registry-client.ts';

/** Whether a registry still has an image; `unknown` says why nobody knows. */
export type Looked =
  { readonly kind: 'there' } | { readonly kind: 'gone' } | { readonly kind: 'unknown'; readonly reason: string };

/** Images that are asked for; of more it is not known. */
const ASKED_MAX = 20;
/** Whoever waits for it is told that it is not known, rather than kept waiting. */
const ASK_MS = 3_000;

/** Asks registries whether they still have images, with the credentials that their cluster keeps. */
@Injectable()
export class LookForImages {
  constructor(
    private readonly pullSecrets: PullSecrets,
    private readonly policy: AddressPolicy,
    private readonly redactor: Redactor,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  /** Never throws for what a registry does. */
  async run(clusterId: string, images: readonly string[]): Promise<ReadonlyMap<string, Looked>> {
    const late = Promise.withResolvers<Looked>();
    const timer = setTimeout(() => {
      late.resolve(unknown('no answer in time'));
    }, ASK_MS);
    try {
      const looked = images.map(async (image, index): Promise<readonly [string, Looked]> => {
        if (index >= ASKED_MAX) return [image, unknown(`only ${String(ASKED_MAX)} are asked for`)];
        return [image, await Promise.race([this.look(clusterId, image), late.promise])];
      });
      return new Map(await Promise.all(looked));
    } finally {
      clearTimeout(timer);
    }
  }

  private async look(clusterId: string, image: string): Promise<Looked> {
    const name = readImageName(image);
    if (name === undefined) return unknown('no registry can be asked for an image of that name');
    const { policy, redactor, config } = this;
    try {
      const login = await this.pullSecrets.credentialFor(clusterId, image);
      if (login !== undefined) redactor.add(login.password);
      const client = new RegistryClient(name, login, { policy, plaintext: config.REGISTRIES_PLAINTEXT });
      return { kind: (await client.has(name.digest ?? name.tag ?? 'latest')) ? 'there' : 'gone' };
    } catch (error) {
      if (error instanceof RegistryError || error instanceof DomainError) return unknown(redactor.text(error.message));
      throw error;
    }
  }
}

function unknown(reason: string): Looked {
  return { kind: 'unknown', reason };
}
