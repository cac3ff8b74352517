import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { ClusterConnection } from '../../src/index.ts';
import { parseKubeconfig } from '../../src/index.ts';

/** The API server that the test runner has started. */
export function testConnection(): ClusterConnection {
  const file = process.env['USHADOW_TEST_KUBECONFIG'];
  if (file === undefined) throw new Error('USHADOW_TEST_KUBECONFIG must name the kubeconfig of a test cluster');
  const result = parseKubeconfig(readFileSync(file, 'utf8'));
  if (!result.ok) throw new Error(`test kubeconfig: ${JSON.stringify(result.problems)}`);
  return result.connection;
}

export function uniqueName(prefix: string): string {
  return `${prefix}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
}

/** A TCP relay in front of the API server whose connections can be cut. */
export class Relay {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((client) => this.#relay(client));
  readonly #target: URL;
  isUp = true;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  async listen(address = '127.0.0.1', port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, address, resolve));
    return `https://${address}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Clients at present. */
  get connections(): number {
    return this.#sockets.size / 2;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #relay(client: Socket): void {
    if (!this.isUp) return void client.destroy();
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    }
    client.pipe(server);
    server.pipe(client);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  }
}
