import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError, events, isAllowedIn, type PolicyName, type StackPlaceData } from '@ushadow/contracts';
import { BusConnection, EventBus } from '@ushadow/messaging';
import { CONFIG } from '@ushadow/service';
import type { OperationsConfig } from '../config.ts';

const LOOK_MS = 1_000;
const SECOND_MS = 1_000;

/** Something that was opened to a pod, and may stay so for as long as it is used and allowed. */
export interface Session extends Disposable {
  /** Aborted, with a DomainError, when it has to end. */
  readonly signal: AbortSignal;
  /** It is used. */
  touch(): void;
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
  ) {}

  onApplicationBootstrap(): void {
    void this.connection.opened().then(() => {
      this.bus.listen(events.clusterPoliciesChanged, undefined, ({ cluster_id, policies }) =>
        this.endAll(
          ({ policy, place }) => place.cluster_id === cluster_id && !isAllowedIn(policies, policy, place.namespace),
          new DomainError('POLICY_REFUSED', 'forbidden', 'This is not allowed in the namespace any more.'),
        ),
      );
      this.bus.listen(events.clusterRemoved, undefined, ({ cluster_id }) =>
        this.endAll(
          ({ place }) => place.cluster_id === cluster_id,
          new DomainError('CLUSTER_NOT_FOUND', 'not-found', 'The cluster was removed.'),
        ),
      );
    });
  }

  start(policy: PolicyName, place: StackPlaceData): Session {
    const ending = new AbortController();
    const startedAt = performance.now();
    let usedAt = startedAt;
    const open: Open = { policy, place, end: (error) => ending.abort(error) };
    this.open.add(open);
    const { SHELL_IDLE_SECONDS: idle, SHELL_SECONDS_MAX: longest } = this.config;
    const look = setInterval(() => {
      const now = performance.now();
      if (now - usedAt > idle * SECOND_MS) open.end(timeUp(`it was not used for ${String(idle)} s`));
      else if (now - startedAt > longest * SECOND_MS) open.end(timeUp(`it has lasted ${String(longest)} s`));
    }, LOOK_MS);
    look.unref();
    return {
      signal: ending.signal,
      touch: () => {
        usedAt = performance.now();
      },
      [Symbol.dispose]: () => {
        clearInterval(look);
        this.open.delete(open);
      },
    };
  }

  private endAll(isMeant: (open: Open) => boolean, error: DomainError): void {
    for (const open of this.open) if (isMeant(open)) open.end(error);
  }
}

function timeUp(why: string): DomainError {
  return new DomainError('SESSION_ENDED', 'conflict', `The session was ended: ${why}.`);
}
