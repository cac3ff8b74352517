import { clusterOf } from '@ushadow/contracts';
import { Injectable } from '@nestjs/common';
import type { Failure } from '@ushadow/deploy-engine';
import { KubernetesApiError } from '@ushadow/kubernetes';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { imagesOf } from '../content/images.ts';
import type { OwnedEntry } from '../content/owned-entry.ts';
import type { StackContent, StackUpdate } from '../content/stack-content.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { LookForImages, type Looked } from '../registry/look-for-images.ts';
import type { Stack } from '../stacks/stack.ts';

const ASK_MS = 5_000;
/** More claims than a stack has. */
const CLAIMS_MAX = 200;
const NAMED_MAX = 10;

/**
 * What a rollback cannot bring back, said before it. What pods refer to and nobody makes, such as a pull Secret, is found by
 * the plan itself.
 */
@Injectable()
export class WhatIsGone {
  constructor(
    private readonly deployments: DeploymentStore,
    private readonly clusters: ClusterConnections,
    private readonly images: LookForImages,
  ) {}

  /** @param current what the stack has now; its images run already */
  async run(
    stack: Stack,
    target: Deployment,
    update: StackUpdate,
    current: StackContent | undefined,
  ): Promise<Failure[]> {
    const had = (await this.deployments.inventoryOf(target.id)) ?? [];
    const claims = had.filter((entry) => isClaimOf(update, entry)).slice(0, CLAIMS_MAX);
    const signal = AbortSignal.timeout(ASK_MS);
    const [lost, images] = await Promise.all([
      Promise.all(claims.map((claim) => this.claim(stack, target, claim, signal))),
      this.images.run(clusterOf(stack.target), unusedImages(update, current)),
    ]);
    return [...lost.flat(), ...imageFindings(images)];
  }

  /** Whether the claim that the revision had is the one that is there. A cluster that does not answer is the plan's to tell. */
  private async claim(
    { target }: Stack,
    { revision }: Deployment,
    { object, uid }: OwnedEntry,
    signal: AbortSignal,
  ): Promise<Failure[]> {
    const about = `PersistentVolumeClaim/${object.name}`;
    const of = `of revision ${String(revision)}`;
    try {
      const cluster = await this.clusters.to(clusterOf(target));
      const live = await cluster.get(object, { signal });
      if (live === undefined)
        return [
          finding('CLAIM_GONE', `${about} ${of} was deleted: its data is gone, and it is made anew, empty.`, object),
        ];
      if (live.metadata.uid === uid) return [];
      return [finding('CLAIM_REPLACED', `${about} is not the one ${of}: it was deleted and made anew since.`, object)];
    } catch (error) {
      if (!(error instanceof KubernetesApiError) || error.httpStatus !== 403) return [];
      return [finding('CLAIM_NOT_SEEN', `Whether ${about} ${of} is still there may not be seen.`, object)];
    }
  }
}

function isClaimOf({ selected }: StackUpdate, { object, services }: OwnedEntry): boolean {
  if (object.kind !== 'PersistentVolumeClaim') return false;
  return services === undefined || services.some((service) => selected.includes(service));
}

/** Images that do not run now: those that do are on the nodes, or were a moment ago. */
function unusedImages({ content }: StackUpdate, current: StackContent | undefined): readonly string[] {
  const inUse = new Set(imagesOf(current?.objects ?? []));
  return imagesOf(content.objects).filter((image) => !inUse.has(image));
}

function imageFindings(looked: ReadonlyMap<string, Looked>): Failure[] {
  const gone = [...looked].flatMap(([image, { kind }]) => (kind === 'gone' ? [image] : []));
  const unknown = [...looked].flatMap(([image, found]) => (found.kind === 'unknown' ? [{ image, ...found }] : []));
  const [first] = unknown;
  return [
    ...(gone.length === 0
      ? []
      : [finding('IMAGES_GONE', `The registry has no more: ${listed(gone)}. A node that has it not cannot pull it.`)]),
    ...(first === undefined
      ? []
      : [
          finding(
            'IMAGES_NOT_CHECKED',
            `Not checked: whether the registry still has ${listed(unknown.map(({ image }) => image))} (${first.reason}).`,
          ),
        ]),
  ];
}

function listed(images: readonly string[]): string {
  const more = images.length - NAMED_MAX;
  return `${images.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

function finding(code: string, message: string, object?: OwnedEntry['object']): Failure {
  return { code: code as Failure['code'], message, ...(object === undefined ? {} : { object }), evidence: [] };
}
