import { DomainError, type CostClass } from '@ushadow/contracts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Requests of one client in a minute. */
export type RequestBudget = Readonly<Record<CostClass | 'any', number>>;

const WINDOW_SECONDS = 60;

const what: Readonly<Record<keyof RequestBudget, string>> = {
  any: 'requests',
  outbound: 'requests that contact a cluster or a registry',
  compile: 'requests that compile a project',
};

/** How often one client may ask, in all and for what is costly. */
export class RequestLimits {
  private readonly limiters: ReadonlyMap<keyof RequestBudget, RateLimiterMemory>;
  private readonly budget: RequestBudget;

  constructor(budget: RequestBudget) {
    this.budget = budget;
    const names = Object.keys(what) as (keyof RequestBudget)[];
    this.limiters = new Map(
      names.map((name) => [name, new RateLimiterMemory({ points: budget[name], duration: WINDOW_SECONDS })]),
    );
  }

  /** Throws TOO_MANY_REQUESTS. */
  async take(name: keyof RequestBudget, client: string | undefined): Promise<void> {
    try {
      await this.limiters.get(name)?.consume(client ?? '');
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
      const message =
        `More than ${String(this.budget[name])} ${what[name]} in a minute came from you. ` +
        `Ask again in ${String(seconds)} s.`;
      throw new DomainError('TOO_MANY_REQUESTS', 'unavailable', message, { details: { retry_after_seconds: seconds } });
    }
  }
}
