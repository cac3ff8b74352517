import pg from 'pg';

/**
 * A client that waited in vain is not used again: its session may stand in the middle of a transaction, and whoever got
 * it next would write into that.
 */
export class DroppingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as (...args: unknown[]) => unknown;
    const query = (...args: unknown[]): unknown => {
      const callback = args.at(-1);
      if (typeof callback === 'function') {
        const told = (error: unknown, ...rest: unknown[]): void => {
          this.#dropAfter(error);
          (callback as (...all: unknown[]) => void)(error, ...rest);
        };
        return ask(...args.slice(0, -1), told);
      }
      const answer = ask(...args);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.#dropAfter(error));
      return answer;
    };
    this.query = query as typeof this.query;
  }

  #dropAfter(error: unknown): void {
    if (!(error instanceof Error) || error.message !== 'Query read timeout') return;
    const { connection } = this as unknown as {
      readonly connection: { readonly stream: { destroy(error: Error): void } };
    };
    connection.stream.destroy(error);
  }
}
