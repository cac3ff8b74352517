import { Inject, Injectable } from '@nestjs/common';
import type { Place } from '@ushadow/access';
import { clusterOf, operations, type Scope, type Target } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { clusterIn } from './cluster-in.ts';
import type { Input } from './declares.ts';

const { name: uploadName } = operations.uploadProject.input.shape;
const KNOWN_MAX = 10_000;

/** Where what is asked for is, from the fields of an input: those that say it, and those that name something that is known. */
@Injectable()
export class Places {
  private readonly caller: RpcCaller;
  private readonly known = new Map<string, Place>();

  constructor(@Inject(RpcCaller) caller: RpcCaller) {
    this.caller = caller;
  }

  /** All that it is about. @throws DomainError where something that is named is not there */
  async of(input: Input, scope: Scope): Promise<readonly Place[]> {
    const named = await this.#named(input);
    if (named === undefined) return [said(input, scope)];
    // What is said beside an id may be of another place than what it names: it is asked for both.
    return [named, { ...named, ...said(input, 'stack') }];
  }

  async #named({ stack_id: stack, deployment_id: deployment, plan_id: plan }: Input): Promise<Place | undefined> {
    const { caller } = this;
    if (typeof stack === 'string')
      return this.#known(stack, () => caller.call(operations.getStack, { stack_id: stack }));
    if (typeof deployment === 'string')
      return this.#known(deployment, () => caller.call(operations.getDeployment, { deployment_id: deployment }));
    if (typeof plan === 'string') return this.#known(plan, () => caller.call(operations.getPlan, { plan_id: plan }));
    return undefined;
  }

  /** What has an id stays where it is: it is asked for once, however often somebody comes. */
  async #known(id: string, ask: () => Promise<Placed>): Promise<Place> {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const place = placed(await ask());
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    this.known.set(id, place);
    return place;
  }
}

interface Placed {
  readonly target: Target;
  readonly namespace: string;
  readonly project: string;
}

function placed({ target, namespace, project }: Placed): Place {
  return { cluster: clusterOf(target), namespace, project };
}

/** Only what there is, so that it can be laid over another place. */
function said(input: Input, scope: Scope): Place {
  const text = (name: string): string | undefined => {
    const value = input[name];
    return typeof value === 'string' ? value : undefined;
  };
  // A service is `{project}:{service}`; what is uploaded is called by its name. What a template makes need not be.
  const named = uploadName.safeParse(input['name']).data;
  const ofProject = scope === 'project' ? (text('service_id')?.split(':')[0] ?? named) : undefined;
  const place = { cluster: clusterIn(input), namespace: text('namespace'), project: text('project') ?? ofProject };
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}
