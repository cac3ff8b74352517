import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  DomainError,
  events,
  isAllowedIn,
  type ErrorKind,
  type PolicyName,
  type StackPlaceData,
  clusterOf,
} from '@ushadow/contracts';
import { BusConnection, EventBus } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { CONFIG } from '@ushadow/service';
import type { OperationsConfig } from '../config.ts';
import { StackPlaces } from '../stacks/stack-places.ts';
import { Policies } from './policies.ts';

const LOOK_MS = 1_000;
/** An event that says that something is not allowed any more may have been missed. */
const ASK_AGAIN_MS = 30_000;
const SECOND_MS = 1_000;
const REFUSALS: ReadonlySet<ErrorKind> = new Set(['forbidden', 'not-found']);

/** Something that was opened to a pod, and may stay so for as long as it is used and allowed. */
export interface Session extends Disposable {
  /** Aborted, with a DomainError, when it has to end. */
  readonly signal: AbortSignal;
  /** Resolves where it may still begin. @throws DomainError */
  readonly allowed: Promise<void>;
  /** It is used. */
  touch(): void;
  end(error: DomainError): void;
}

interface Open {
  readonly policy: PolicyName;
  readonly place: StackPlaceData;
  readonly end: (error: DomainError) => void;
}

/** Sessions of this process: ended when nobody uses them, when they have lasted too long, and when what allows them is gone. */
@Injectable()
export class Sessions implements OnApplicationBootstrap {
  private readonly open = new Set<Open>();

  constructor(
    @Inject(CONFIG) private readonly config: OperationsConfig,
    private readonly connection: BusConnection,
    private readonly bus: EventBus,
    private readonly policies: Policies,
    private readonly stacks: StackPlaces,
  ) {}

  onApplicationBootstrap(): void {
    void this.connection.opened().then(() => {
      this.bus.listen(events.clusterPoliciesChanged, undefined, ({ cluster_id, policies }) =>
        this.endAll(
          ({ policy, place }) =>
            clusterOf(place.target) === cluster_id && !isAllowedIn(policies, policy, place.namespace),
          new DomainError('POLICY_REFUSED', 'forbidden', 'This is not allowed in the namespace any more.'),
        ),
      );
      this.bus.listen(events.clusterRemoved, undefined, ({ cluster_id }) =>
        this.endAll(
          ({ place }) => clusterOf(place.target) === cluster_id,
          new DomainError('CLUSTER_NOT_FOUND', 'not-found', 'The cluster was removed.'),
        ),
      );
    });
  }

  start(policy: PolicyName, place: StackPlaceData, service: string): Session {
    const ending = new AbortController();
    const startedAt = performance.now();
    let usedAt = startedAt;
    let askedAt = startedAt;
    const open: Open = { policy, place, end: (error) => ending.abort(error) };
    this.open.add(open);
    const { SHELL_IDLE_SECONDS: idle, SHELL_SECONDS_MAX: longest } = this.config;
    const look = setInterval(() => {
      const now = performance.now();
      if (now - usedAt > idle * SECOND_MS) open.end(timeUp(`it was not used for ${String(idle)} s`));
      else if (now - startedAt > longest * SECOND_MS) open.end(timeUp(`it has lasted ${String(longest)} s`));
      else if (now - askedAt > ASK_AGAIN_MS) {
        askedAt = now;
        this.refusal(policy, place, service).then((refusal) => {
          if (refusal !== undefined) open.end(refusal);
        }, ignored);
      }
    }, LOOK_MS);
    look.unref();
    // It was allowed when it was asked for, and may not be any more when it is fetched.
    const allowed = this.refusal(policy, place, service).then((refusal) => {
      if (refusal !== undefined) throw refusal;
    });
    allowed.catch(ignored);
    return {
      signal: ending.signal,
      allowed,
      touch: () => {
        usedAt = performance.now();
      },
      end: open.end,
      [Symbol.dispose]: () => {
        clearInterval(look);
        this.open.delete(open);
      },
    };
  }

  /** Why it may not go on; undefined where it may, and where that cannot be known now. */
  private refusal(policy: PolicyName, place: StackPlaceData, service: string): Promise<DomainError | undefined> {
    return withRequestContext(this.connection.ownContext(), async () => {
      try {
        await this.policies.require(policy, place);
        const { services, project } = await this.stacks.find(place.stack_id);
        if (services.some((each) => each.service === service)) return undefined;
        return new DomainError('SERVICE_NOT_DEPLOYED', 'not-found', `${service} was removed from ${project}.`);
      } catch (error) {
        if (error instanceof DomainError && REFUSALS.has(error.kind)) return error;
        if (error instanceof DomainError && error.kind === 'unavailable') return undefined;
        throw error;
      }
    });
  }

  private endAll(isMeant: (open: Open) => boolean, error: DomainError): void {
    for (const open of this.open) if (isMeant(open)) open.end(error);
  }
}

function ignored(): void {
  // Whoever serves it hears of it.
}

function timeUp(why: string): DomainError {
  return new DomainError('SESSION_ENDED', 'conflict', `The session was ended: ${why}.`);
}
