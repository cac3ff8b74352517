import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ListPullSecrets } from './list-pull-secrets.ts';
import { OpenPullSecrets } from './open-pull-secrets.ts';
import type { PullSecret } from './pull-secret.ts';
import { RemovePullSecret } from './remove-pull-secret.ts';
import { SetPullSecret } from './set-pull-secret.ts';

@Controller()
export class PullSecretsController {
  constructor(
    private readonly setPullSecret: SetPullSecret,
    private readonly listPullSecrets: ListPullSecrets,
    private readonly removePullSecret: RemovePullSecret,
    private readonly openPullSecrets: OpenPullSecrets,
  ) {}

  @Handle(operations.setPullSecret)
  async set(input: InputOf<typeof operations.setPullSecret>): Promise<OutputOf<typeof operations.setPullSecret>> {
    return toContract(await this.setPullSecret.run(input));
  }

  @Handle(operations.listPullSecrets)
  async list(input: InputOf<typeof operations.listPullSecrets>): Promise<OutputOf<typeof operations.listPullSecrets>> {
    return { pull_secrets: (await this.listPullSecrets.run(input.cluster_id)).map(toContract) };
  }

  @Handle(operations.removePullSecret)
  async remove(
    input: InputOf<typeof operations.removePullSecret>,
  ): Promise<OutputOf<typeof operations.removePullSecret>> {
    const registry = await this.removePullSecret.run(input);
    const message = `The credential of ${registry} was removed. Services that pull with it lose it with their next deployment.`;
    return { success: true, message };
  }

  @Handle(operations.openPullSecrets)
  open(input: InputOf<typeof operations.openPullSecrets>): Promise<OutputOf<typeof operations.openPullSecrets>> {
    return this.openPullSecrets.run(input);
  }
}

function toContract({ registry, username, updatedAt }: PullSecret) {
  return { registry, username, updated_at: updatedAt.toISOString() };
}
