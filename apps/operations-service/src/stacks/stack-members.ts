import { OWNER_ANNOTATION, parseApiVersion, readOwner, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';

/** A pod of a CronJob has a Job and a CronJob above it; more than that is not the work of ours. */
const LEVELS_MAX = 4;
/** A controller may be given to another stack while somebody looks. */
const KNOWN_MS = 5_000;

/**
 * What is of a stack: the object at the top of those that control it bears the stack's mark. Labels say so of anybody's
 * objects, as do marks that a controller has copied.
 */
export class StackMembers {
  private readonly stackId: string;
  /** By uid of a controller. */
  private readonly known = new Map<string, { readonly at: number; readonly answer: Promise<boolean> }>();

  constructor(stackId: string) {
    this.stackId = stackId;
  }

  /** @throws KubernetesApiError where what is above cannot be asked for */
  async has(cluster: Pick<KubernetesTransport, 'get'>, object: KubeObject): Promise<boolean> {
    return this.hasBelow(cluster, object, 0);
  }

  private async hasBelow(
    cluster: Pick<KubernetesTransport, 'get'>,
    object: KubeObject,
    level: number,
  ): Promise<boolean> {
    const { namespace, ownerReferences = [], annotations } = object.metadata;
    const controller = ownerReferences.find((each) => each.controller === true);
    if (controller === undefined) {
      const mark = annotations?.[OWNER_ANNOTATION];
      return mark !== undefined && readOwner(mark)?.stack === this.stackId;
    }
    const { apiVersion, kind, name, uid } = controller;
    if (namespace === undefined || level >= LEVELS_MAX) return false;
    return this.remember(uid, async () => {
      const above = await cluster.get({ ...parseApiVersion(apiVersion), kind, name, namespace });
      // Another one of the same name has made nothing of this.
      return above?.metadata.uid === uid && (await this.hasBelow(cluster, above, level + 1));
    });
  }

  private remember(uid: string, ask: () => Promise<boolean>): Promise<boolean> {
    const now = performance.now();
    const known = this.known.get(uid);
    if (known !== undefined && now - known.at < KNOWN_MS) return known.answer;
    const answer = ask();
    this.known.set(uid, { at: now, answer });
    answer.catch(() => this.known.delete(uid));
    return answer;
  }
}
