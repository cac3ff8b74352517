import { StorePool, type Limits } from '@ushadow/postgres';
import { tcpProxy, throughProxy, type TcpProxy } from '@ushadow/testing';
import type { PoolClient } from 'pg';

/** How a statement comes to nothing: it never arrives, or what came of it never does. */
export type Stall = 'silence' | 'answer lost';

type Ask = (...args: unknown[]) => Promise<unknown>;

/** A pool over whose connections one chosen statement is not answered. */
export class StallingPool {
  readonly pool: StorePool;
  readonly #proxy: TcpProxy;
  #plan: { readonly stall: Stall; left: number } | undefined;

  private constructor(proxy: TcpProxy, url: string, limits: Limits) {
    this.#proxy = proxy;
    this.pool = new StorePool({ url: throughProxy(url, proxy), applicationName: 'stalled', limits });
    this.pool.on('connect', (client) => this.#watch(client));
  }

  static async to(url: string, limits: Limits): Promise<StallingPool> {
    const { hostname, port } = new URL(url);
    return new StallingPool(await tcpProxy({ host: hostname, port: Number(port) }), url, limits);
  }

  /** The statement of this number, from 1, is the one. */
  plan(stall: Stall, number: number): void {
    this.#plan = { stall, left: number };
  }

  /** Ends the stall. True: there was a statement of that number. */
  mend(): boolean {
    const struck = this.#plan !== undefined && this.#plan.left <= 0;
    this.#plan = undefined;
    this.#proxy.mend();
    return struck;
  }

  async close(): Promise<void> {
    this.#proxy.mend();
    await this.pool.end();
    await this.#proxy.close();
  }

  #watch(client: PoolClient): void {
    const ask = client.query.bind(client) as Ask;
    const query: Ask = async (...args) => {
      if (this.#plan === undefined || --this.#plan.left !== 0) return ask(...args);
      if (this.#plan.stall === 'silence') {
        this.#proxy.pause();
        return ask(...args);
      }
      await ask(...args).catch(() => undefined);
      throw new Error('Query read timeout');
    };
    client.query = query as typeof client.query;
  }
}
