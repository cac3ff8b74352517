import { Injectable } from '@nestjs/common';
import { clusterOf, type InputOf, type OutputOf, type operations } from '@ushadow/contracts';
import { canonicalYaml, formatObjectId, objectId, type JsonObject } from '@ushadow/kubernetes';
import { configKeys, shownObject } from '@ushadow/live-tree';
import { Redactor } from '@ushadow/secrets';
import { StackPlaces } from '../stacks/stack-places.ts';
import { StackObjectReader } from './stack-objects.ts';

/** An object as it is live, without what is secret: the values of Secrets, and those values wherever else they stand. */
@Injectable()
export class ShowObject {
  constructor(
    private readonly stacks: StackPlaces,
    private readonly objects: StackObjectReader,
  ) {}

  async show({
    stack_id,
    kind,
    name,
  }: InputOf<typeof operations.getLiveObject>): Promise<OutputOf<typeof operations.getLiveObject>> {
    const place = await this.stacks.find(stack_id);
    const live = await this.objects.read(place, kind, name);
    const redactor = new Redactor(await this.stacks.secretValues(clusterOf(place.target), place.namespace));
    const { object, managers } = shownObject(live);
    const masked = masking(object as unknown as JsonObject, redactor);
    return {
      id: formatObjectId(objectId(live)),
      yaml: canonicalYaml(masked),
      object: masked,
      managers: [...managers],
      keys: live.kind === 'ConfigMap' || live.kind === 'Secret' ? configKeys(live) : [],
    };
  }
}

/** Known values alone: what only looks like a secret is for the owner of the object to see. */
function masking(object: JsonObject, redactor: Redactor): JsonObject {
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return redactor.maskValues(value);
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item)]));
  };
  return mask(object) as JsonObject;
}
