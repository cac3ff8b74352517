import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { failure, operations, type StackPlaceData, clusterOf } from '@ushadow/contracts';
import type { StackOutline } from '@ushadow/live-tree';
import { BusConnection } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { StackPlaces } from '../stacks/stack-places.ts';
import { ClusterSight } from './cluster-sight.ts';
import { StackView, type KnownSecrets } from './stack-view.ts';

/** A view in somebody's hands, until it is disposed of. */
export interface HeldView extends Disposable {
  readonly place: StackPlaceData;
  readonly view: StackView;
}

interface OpenView {
  readonly view: StackView;
  place: StackPlaceData;
  viewers: number;
  readonly asking: NodeJS.Timeout;
  closing?: NodeJS.Timeout;
}

/** A view stays open so long after its last viewer, who may come again. */
const LINGER_MS = 5_000;
/** What a stack wants is asked for again so often while somebody looks. */
const OUTLINE_MS = 10_000;
/** Who asks once waits so long for what has to be seen first. */
const FIRST_SIGHT_MS = 12_000;

/** Every stack that somebody looks at; a cluster where nobody looks is not asked for anything. */
@Injectable()
export class StackViews implements BeforeApplicationShutdown {
  private readonly open = new Map<string, OpenView>();
  private readonly opening = new Map<string, Promise<OpenView>>();
  private readonly sights = new Map<string, ClusterSight>();

  constructor(
    private readonly stacks: StackPlaces,
    private readonly clusters: ClusterConnections,
    private readonly bus: BusConnection,
  ) {}

  /** @throws DomainError `STACK_NOT_FOUND`, or why its cluster may not be asked */
  async hold(stackId: string): Promise<HeldView> {
    // Who looks at what is shown already costs no question.
    const held = this.open.get(stackId) ?? (await this.look(stackId));
    held.viewers += 1;
    clearTimeout(held.closing);
    let isHeld = true;
    return {
      place: held.place,
      view: held.view,
      [Symbol.dispose]: () => {
        if (isHeld) this.release(stackId, held);
        isHeld = false;
      },
    };
  }

  /** For who asks once: holds it with all that is there seen. @throws DomainError `CLUSTER_UNREACHABLE` */
  async seen(stackId: string): Promise<HeldView> {
    const held = await this.hold(stackId);
    if (await held.view.ready(AbortSignal.timeout(FIRST_SIGHT_MS))) return held;
    held[Symbol.dispose]();
    const why = held.view.lost() ?? 'it has not told all that it has in time';
    throw failure(operations.getStackTree, 'CLUSTER_UNREACHABLE', `The cluster cannot be looked at: ${why}`);
  }

  beforeApplicationShutdown(): void {
    for (const [stackId, held] of this.open) this.close(stackId, held);
  }

  /** Once for all who come meanwhile. */
  private look(stackId: string): Promise<OpenView> {
    const asked = this.opening.get(stackId);
    if (asked !== undefined) return asked;
    const opening = this.place(stackId).then(([place, secrets]) => {
      // What goes on after this request is nobody's request, and has no deadline.
      const held = withRequestContext(this.bus.ownContext(), () => this.begin(stackId, place, secrets));
      this.open.set(stackId, held);
      return held;
    });
    this.opening.set(stackId, opening);
    const forget = (): boolean => this.opening.delete(stackId);
    opening.then(forget, forget);
    return opening;
  }

  private async place(stackId: string): Promise<[StackPlaceData, KnownSecrets]> {
    const place = await this.stacks.find(stackId);
    // What hinders all is said at once: a cluster that was removed, a bus that is away.
    const [secrets] = await Promise.all([this.secrets(place), this.clusters.to(clusterOf(place.target))]);
    return [place, secrets];
  }

  private async secrets({ target, namespace }: StackPlaceData): Promise<KnownSecrets> {
    const at = performance.now();
    const redactor = new Redactor(await this.stacks.secretValues(clusterOf(target), namespace));
    return { at, mask: (text) => redactor.maskValues(text) };
  }

  private begin(stackId: string, place: StackPlaceData, secrets: KnownSecrets): OpenView {
    const { target, namespace } = place;
    const clusterId = clusterOf(target);
    const sight = this.sights.get(clusterId) ?? new ClusterSight(() => this.clusters.to(clusterId));
    this.sights.set(clusterId, sight);
    const learn = () => withRequestContext(this.bus.ownContext(), () => this.secrets(place));
    const view = new StackView(sight, namespace, outlineOf(place), secrets, learn);
    const asking = setInterval(() => void this.askAgain(stackId), OUTLINE_MS);
    return { view, place, viewers: 0, asking };
  }

  /** What cannot be asked now stays as it was. */
  private async askAgain(stackId: string): Promise<void> {
    const place = await this.stacks.find(stackId).catch(() => undefined);
    const held = this.open.get(stackId);
    if (place === undefined || held === undefined || JSON.stringify(place) === JSON.stringify(held.place)) return;
    held.place = place;
    held.view.outline(outlineOf(place));
  }

  private release(stackId: string, held: OpenView): void {
    held.viewers -= 1;
    if (held.viewers > 0) return;
    held.closing = setTimeout(() => this.close(stackId, held), LINGER_MS);
  }

  private close(stackId: string, { view, asking, closing, place }: OpenView): void {
    clearTimeout(closing);
    clearInterval(asking);
    this.open.delete(stackId);
    view.close();
    const sight = this.sights.get(clusterOf(place.target));
    if (sight?.isWatched === false) this.sights.delete(clusterOf(place.target));
  }
}

function outlineOf({ stack_id: stackId, namespace, services }: StackPlaceData): StackOutline {
  return {
    stackId,
    namespace,
    services: services.map(({ service, objects, runs_once: isOneShot }) => ({
      service,
      objects: objects.map(({ id }) => id),
      expected: objects.flatMap(({ id, expected }) => (expected ? [id] : [])),
      isOneShot,
    })),
  };
}
