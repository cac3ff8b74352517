import { Inject, Injectable } from '@nestjs/common';
import { clusterTarget, type InputOf, type OutputOf, type StackData, type operations } from '@ushadow/contracts';
import { CONFIG } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { decodeCursor, encodeCursor } from '../deployments/cursor.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { DesiredStateCipher } from '../deployments/desired-state.ts';
import { isFinal } from '../deployments/transitions.ts';
import { withLeftovers } from '../content/with-leftovers.ts';
import { NO_CONTENT } from '../content/stack-content.ts';
import { StackObserver } from '../live/stack-observer.ts';
import { toSummary as toDriftSummary } from '../drift/drift.mapper.ts';
import { DriftStore } from '../drift/drift.store.ts';
import { fillPage } from './fill-page.ts';
import { findStack, stackNotFound } from './find-stack.ts';
import { StackContents } from './stack-contents.ts';
import { toStack, toSummary, type StackFacts } from './stack.mapper.ts';
import type { Stack } from './stack.ts';
import { StackStore } from './stack.store.ts';

type List = typeof operations.listStacks;

/** What runs where: what stacks want, and what is seen of that in their clusters now. */
@Injectable()
export class ShowStacks {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly deployments: DeploymentStore,
    private readonly observer: StackObserver,
    private readonly cipher: DesiredStateCipher,
    private readonly drifts: DriftStore,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  async list({ limit, cursor, ...filter }: InputOf<List>): Promise<OutputOf<List>> {
    const { cluster_id: clusterId, project, namespace } = filter;
    const target = clusterId === undefined ? undefined : clusterTarget(clusterId);
    const places = { target, project, namespace };
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const { items, last } = await fillPage<Pick<Stack, 'createdAt' | 'id'>, Stack, StackFacts>(limit, after, {
      read: (count, from) => this.stacks.list(places, count, from),
      show: async (stacks) => {
        const facts = await Promise.all(stacks.map((stack) => this.factsOf(stack)));
        return facts.map((each) => (isNobodys(each) ? undefined : each));
      },
    });
    return { stacks: items.map(toSummary), next_cursor: last === undefined ? null : encodeCursor(last) };
  }

  async get(id: string): Promise<StackData> {
    const { stacks, observer, cipher } = this;
    const stack = await findStack(id, stacks);
    const facts = await this.factsOf(stack);
    // One that only an env map has made is none any more once a service's stack has taken in what it had.
    if (stack.isEnvmap && facts.inventory.length === 0 && isOver(facts.newest)) throw stackNotFound(id);
    const { content = NO_CONTENT, deployment } = facts.good ?? {};
    // Who cannot be seen cannot be compared.
    const sync = facts.observed.stale ? undefined : await observer.sync(stack, content, deployment?.revision ?? 0);
    const { secrets: tried } = await this.contents.kept(stack.id, facts.good);
    const shown = toStack(facts, {
      sync,
      digestOf: (service) => cipher.contentDigest(facts.shown, service),
      manifests: this.config.MANIFESTS_DIR === undefined ? null : ((await stacks.manifests(id)) ?? null),
    });
    return withTriedSecrets(shown, Object.keys(tried.values));
  }

  private async factsOf(stack: Stack): Promise<StackFacts> {
    const { contents, deployments, observer, drifts } = this;
    const [good, newest, byService, inventory, drift] = await Promise.all([
      contents.lastGood(stack.id),
      deployments.ofStack(stack.id, { limit: 1 }),
      deployments.newestByService([stack.id]),
      deployments.inventory(stack.id),
      drifts.find(stack.id),
    ]);
    const shown = withLeftovers(good?.content ?? NO_CONTENT, stack.project, inventory ?? []);
    const observed = await observer.observe(stack, shown, newest[0]?.revision ?? 0);
    return {
      stack,
      good,
      shown,
      observed,
      newest: newest[0],
      newestOf: new Map(byService.map(({ service, deployment }) => [service, deployment])),
      inventory: inventory ?? [],
      drift: toDriftSummary(drift, good?.deployment.revision),
    };
  }
}

/**
 * What is left in a cluster that was removed is nobody's here any more; its history is. A deployment that is under way has
 * yet to find that out.
 */
export function isNobodys({ observed, newest }: Pick<StackFacts, 'observed' | 'newest'>): boolean {
  return observed.isRemoved === true && isOver(newest);
}

/** Their names alone: what they are is for the next deployment. */
function withTriedSecrets(stack: StackData, names: readonly string[]): StackData {
  const tried = names.map((name) => ({
    name,
    service: null,
    source: 'remembered' as const,
    is_secret: true,
    value: null,
  }));
  const variables = [...stack.configuration.variables, ...tried].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...stack, configuration: { ...stack.configuration, variables } };
}

function isOver(newest: Deployment | undefined): boolean {
  return newest === undefined || isFinal(newest.status);
}
