import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { selfSigned, type TestCluster } from '@ushadow/testing';
import { PlayedStreams } from './played-streams.ts';

interface Line {
  readonly time: string;
  readonly text: string;
}

/** One run of a container, and who follows it. */
interface Run {
  readonly lines: Line[];
  readonly followers: Set<ServerResponse>;
  hasEnded: boolean;
}

export interface Asked {
  readonly pod: string;
  readonly container: string;
  readonly query: URLSearchParams;
}

/** Of those that the test's cluster has; each is one test file's. */
export type PlayedNode = `sandbox-${0 | 1 | 2 | 3}`;

/** The API server hands WebSockets on as they are to nodes that say so, and speaks SPDY to others. */
const FEATURES = ['ExtendWebSocketsToKubelet'];

/** Gives logs, commands and ports of the simulated pods of one node to a real API server, as its kubelet would. */
export class PlayedKubelet {
  readonly asked: Asked[] = [];
  readonly streams: PlayedStreams;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** By pod and container, the newest last. */
  readonly #runs = new Map<string, Run[]>();
  #millisecond = Date.now();
  #refusal: ((asked: Asked) => { status: number; text: string } | undefined) | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.streams = new PlayedStreams(server);
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  /** The node is the test's own as long as that runs: its pods have to be on it, and nobody else's logs. */
  static async start({ api }: Pick<TestCluster, 'api'>, name: PlayedNode): Promise<PlayedKubelet> {
    const { certificate: cert, privateKey: key } = selfSigned('kubelet');
    const kubelet = new PlayedKubelet(createServer({ cert, key }));
    await new Promise<void>((resolve) => kubelet.#server.listen(0, '127.0.0.1', resolve));
    const { port: Port } = kubelet.#server.address() as AddressInfo;
    // An API server takes it, and nobody else: others on this cluster know of no node with an address.
    const addresses = [{ type: 'InternalDNS', address: '127.0.0.1' }];
    const status = { addresses, daemonEndpoints: { kubeletEndpoint: { Port } }, declaredFeatures: FEATURES };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name }, status };
    await api.apply(`/api/v1/nodes/${name}/status`, node, 'played-kubelet');
    return kubelet;
  }

  /** A container writes; each line is a millisecond later than the one before, whoever wrote that. */
  write(pod: string, container: string, ...texts: readonly string[]): void {
    for (const text of texts) {
      this.#append(pod, container, { time: new Date(++this.#millisecond).toISOString().replace('Z', '000001Z'), text });
    }
  }

  /** A container writes a line now, by the clock. */
  writeNow(pod: string, container: string, text: string): void {
    const now = performance.timeOrigin + performance.now();
    const nanoseconds = String(Math.floor((now % 1) * 1e6)).padStart(6, '0');
    this.#append(pod, container, { time: new Date(now).toISOString().replace('Z', `${nanoseconds}Z`), text });
  }

  /** The container ends and starts again: what it wrote is its previous run's. */
  restart(pod: string, container: string): void {
    this.end(pod, container);
    this.#runs.get(`${pod}/${container}`)?.push(newRun());
  }

  end(pod: string, container: string): void {
    const run = this.#newest(pod, container);
    run.hasEnded = true;
    for (const follower of run.followers) follower.end();
  }

  /** Cuts everybody off who follows, as a broken network does. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  refuse(refusal: (asked: Asked) => { status: number; text: string } | undefined): void {
    this.#refusal = refusal;
  }

  get followers(): number {
    return [...this.#runs.values()].flat().reduce((sum, { followers }) => sum + followers.size, 0);
  }

  async stop(): Promise<void> {
    this.streams.end();
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #append(pod: string, container: string, line: Line): void {
    const run = this.#newest(pod, container);
    run.lines.push(line);
    for (const follower of run.followers) follower.write(format(line));
  }

  #newest(pod: string, container: string): Run {
    const key = `${pod}/${container}`;
    const runs = this.#runs.get(key) ?? [newRun()];
    this.#runs.set(key, runs);
    return runs.at(-1) as Run;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'https://kubelet');
    const [, verb, , pod = '', container = ''] = url.pathname.split('/');
    if (verb !== 'containerLogs') return void response.writeHead(404).end();
    const asked = { pod, container, query: url.searchParams };
    this.asked.push(asked);
    const refusal = this.#refusal?.(asked);
    if (refusal !== undefined) return void response.writeHead(refusal.status).end(refusal.text);
    const isPrevious = url.searchParams.get('previous') === 'true';
    this.#newest(pod, container);
    const run = this.#runs.get(`${pod}/${container}`)?.at(isPrevious ? -2 : -1);
    if (run === undefined) {
      const text = `previous terminated container "${container}" in pod "${pod}" not found`;
      return void response.writeHead(400).end(text);
    }
    this.#write(run, url.searchParams, response);
  }

  #write(run: Run, query: URLSearchParams, response: ServerResponse): void {
    const since = query.get('sinceTime') ?? query.get('sinceSeconds');
    const tail = query.get('tailLines');
    const lines = run.lines.filter(({ time }) => since === null || Date.parse(time) >= Date.parse(since));
    for (const line of tail === null ? lines : lines.slice(lines.length - Math.min(lines.length, Number(tail))))
      response.write(query.get('timestamps') === 'true' ? format(line) : `${line.text}\n`);
    if (query.get('follow') !== 'true' || run.hasEnded) return void response.end();
    run.followers.add(response);
    response.on('close', () => run.followers.delete(response));
    response.on('error', () => undefined);
  }
}

const newRun = (): Run => ({ lines: [], followers: new Set(), hasEnded: false });
const format = ({ time, text }: Line): string => `${time} ${text}\n`;
