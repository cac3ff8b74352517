import type { ClusterConnection } from '../connection.ts';
import { KubernetesTransport } from './kubernetes-transport.ts';

/** A connection to a cluster, as whoever owns the credentials gives it. */
export interface GivenConnection {
  /** Grows with each rotation. */
  readonly credentialVersion: number;
  readonly connection: ClusterConnection;
}

export interface ClusterTransportsOptions {
  /** Asked each time: throws for a cluster that was removed. */
  readonly ask: (clusterId: string) => Promise<GivenConnection>;
  /** Is told of each credential before it is used, to keep it out of logs. */
  readonly mask: (secrets: readonly string[]) => void;
  readonly userAgent: string;
}

interface Opened {
  readonly clusterId: string;
  readonly credentialVersion: number;
  readonly transport: KubernetesTransport;
}

/**
 * One transport per cluster, for all that this process does there; a new one after its credentials changed. Where the server
 * is follows its name: with each connection that is handed out, and when none of the known addresses can be reached.
 */
export class ClusterTransports {
  readonly #options: ClusterTransportsOptions;
  readonly #opened = new Map<string, Opened>();
  /** Of credentials that were replaced, for the work that has begun with them. */
  readonly #former = new Set<Opened>();

  constructor(options: ClusterTransportsOptions) {
    this.#options = options;
  }

  /** A cluster that was removed is refused, and rotated credentials are taken up. */
  async to(clusterId: string): Promise<KubernetesTransport> {
    const { ask, mask, userAgent } = this.#options;
    const { credentialVersion, connection } = await ask(clusterId);
    const known = this.#opened.get(clusterId);
    if (known?.credentialVersion === credentialVersion) {
      known.transport.moveTo(connection.pinnedAddresses ?? []);
      return known.transport;
    }
    mask(Object.values(connection.auth));
    const transport = new KubernetesTransport(connection, {
      userAgent,
      askAddresses: () => this.#addressesOf(clusterId, credentialVersion),
    });
    this.#opened.set(clusterId, { clusterId, credentialVersion, transport });
    for (const former of this.#former) if (former.transport.isIdle) this.#former.delete(former);
    // Work under way goes on with the former one while it is good; its connections end with their last calls.
    if (known !== undefined) {
      known.transport.release();
      this.#former.add(known);
    }
    return transport;
  }

  /** Drops the connections to a cluster that was removed. */
  async forget(clusterId: string): Promise<void> {
    const all = [...this.#opened.values(), ...this.#former].filter((each) => each.clusterId === clusterId);
    this.#opened.delete(clusterId);
    for (const each of all) this.#former.delete(each);
    await Promise.all(all.map(({ transport }) => transport.close()));
  }

  async close(): Promise<void> {
    const all = [...this.#opened.values(), ...this.#former].map(({ clusterId }) => clusterId);
    await Promise.all([...new Set(all)].map((clusterId) => this.forget(clusterId)));
  }

  /** A renewed credential can be for another server: its addresses are not those of this transport. */
  async #addressesOf(clusterId: string, credentialVersion: number): Promise<readonly string[]> {
    const given = await this.#options.ask(clusterId);
    if (given.credentialVersion !== credentialVersion) throw new Error('the credential was renewed');
    return given.connection.pinnedAddresses ?? [];
  }
}
