import pg from 'pg';
import type { StoreHealth } from './store-health.ts';

type Answer = { readonly command?: unknown };

/**
 * The clients of a pool. One that waited for an answer in vain is ended: its session may stand in the middle of a
 * transaction, and whoever got it next would write into that. What the statements come to is told to `health`.
 */
export function storeClient(health: StoreHealth): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      const ask = super.query.bind(this) as (...args: unknown[]) => unknown;
      const heard = (error: unknown, answer?: Answer): void => {
        if (error === null || error === undefined) {
          if (typeof answer?.command === 'string') health.done(answer.command);
          return;
        }
        health.failed(error);
        // With a statement under way this closes the socket, without asking the server.
        if (error instanceof Error && error.message === 'Query read timeout') void this.end();
      };
      const query = (...args: unknown[]): unknown => {
        const callback = args.at(-1);
        if (typeof callback === 'function') {
          const told = (error: unknown, answer?: Answer): void => {
            heard(error, answer);
            (callback as (...all: unknown[]) => void)(error, answer);
          };
          return ask(...args.slice(0, -1), told);
        }
        const answer = ask(...args);
        if (answer instanceof Promise) answer.then((given: Answer) => heard(undefined, given), heard);
        return answer;
      };
      // The driver declares one way of asking for each kind of answer.
      this.query = query as typeof this.query;
    }
  };
}
