import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf, clusterOf } from '@ushadow/contracts';
import { secretValue } from '@ushadow/live-tree';
import { auditDraft } from '@ushadow/messaging';
import { AuditTrail } from '@ushadow/postgres';
import { StackPlaces } from '../stacks/stack-places.ts';
import { StackObjectReader } from './stack-objects.ts';

/** Shows one key of one Secret of a stack, once it stands in the audit who has asked for it. */
@Injectable()
export class RevealSecretKey {
  constructor(
    private readonly stacks: StackPlaces,
    private readonly objects: StackObjectReader,
    private readonly trail: AuditTrail,
  ) {}

  async reveal({
    stack_id,
    name,
    key,
  }: InputOf<typeof operations.revealSecretKey>): Promise<OutputOf<typeof operations.revealSecretKey>> {
    const place = await this.stacks.find(stack_id);
    const secret = await this.objects.read(place, 'Secret', name);
    const found = secretValue(secret, key);
    if (found === undefined)
      throw failure(operations.revealSecretKey, 'OBJECT_NOT_FOUND', `Secret ${name} has no key ${key}.`);
    const services = place.services.filter(({ objects }) =>
      objects.some(({ id }) => id === `Secret/${place.namespace}/${name}`),
    );
    await this.trail.write(
      () => Promise.resolve(true),
      () => ({
        ...auditDraft({
          action: 'secret.revealed',
          target: `key ${key} of Secret ${name}`,
          details: { secret: name, key },
          clusterId: clusterOf(place.target),
          namespace: place.namespace,
          project: place.project,
          services: services.map(({ service }) => service),
        }),
        stack_id,
      }),
    );
    return found;
  }
}
