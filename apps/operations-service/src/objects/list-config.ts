import { Injectable } from '@nestjs/common';
import type { InputOf, OutputOf, operations } from '@ushadow/contracts';
import { configKeys } from '@ushadow/live-tree';
import { StackPlaces } from '../stacks/stack-places.ts';
import { notDeployed } from '../tree/look-at-stack.ts';
import { StackObjectReader } from './stack-objects.ts';

type Config = OutputOf<typeof operations.listConfig>['config'][number];

/** ConfigMaps and Secrets of a service, by their keys. */
@Injectable()
export class ListConfig {
  constructor(
    private readonly stacks: StackPlaces,
    private readonly objects: StackObjectReader,
  ) {}

  async list({
    stack_id,
    service,
  }: InputOf<typeof operations.listConfig>): Promise<OutputOf<typeof operations.listConfig>> {
    const place = await this.stacks.find(stack_id);
    const wanted = place.services.find((each) => each.service === service);
    if (wanted === undefined) throw notDeployed(service, place);
    const ids = wanted.objects.flatMap(({ id }) => {
      const [kind, , name = ''] = id.split('/');
      return kind === 'ConfigMap' || kind === 'Secret' ? [{ kind, name } as const] : [];
    });
    const config = await Promise.all(
      ids.map(async ({ kind, name }): Promise<Config> => {
        const live = await this.objects.find(place, kind, name);
        return { kind, name, exists: live !== undefined, keys: live === undefined ? [] : configKeys(live) };
      }),
    );
    return { config };
  }
}
