import { spawn, type ChildProcess } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import type { Server } from 'node:https';
import { connect, type Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;
const NORMAL_CLOSURE = 1000;

export interface Executed {
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  /** It talks to a terminal. */
  readonly tty: boolean;
}

export interface TerminalSize {
  readonly Width: number;
  readonly Height: number;
}

/** Commands and ports of simulated pods: a command runs on this machine, a port is one of this machine. */
export class PlayedStreams {
  readonly executed: Executed[] = [];
  /** Of terminals, in the order in which they were told. */
  readonly sizes: TerminalSize[] = [];
  /** By the port of a pod, the one of this machine that it leads to; at any other one nothing listens. */
  readonly ports = new Map<number, number>();
  readonly #running = new Set<ChildProcess>();
  readonly #connections = new Set<Socket>();

  constructor(server: Server) {
    const sockets = new WebSocketServer({
      noServer: true,
      handleProtocols: (asked) => PROTOCOLS.find((each) => asked.has(each)) ?? false,
    });
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => undefined);
      sockets.handleUpgrade(request, socket, head, (stream) => {
        stream.on('error', () => undefined);
        this.#serve(new URL(request.url ?? '', 'https://kubelet'), stream);
      });
    });
  }

  /** Commands that run, and connections to ports. */
  get open(): number {
    return this.#running.size + this.#connections.size;
  }

  end(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    for (const connection of this.#connections) connection.destroy();
  }

  #serve({ pathname, searchParams: query }: URL, stream: WebSocket): void {
    const [, verb, , pod = '', container = ''] = pathname.split('/');
    const tty = ['1', 'true'].includes(query.get('tty') ?? '');
    if (verb === 'exec') this.#execute({ pod, container, command: query.getAll('command'), tty }, stream);
    else if (verb === 'portForward') this.#forward(Number(query.get('port')), stream);
    else stream.close();
  }

  #execute(executed: Executed, stream: WebSocket): void {
    this.executed.push(executed);
    const [program = '', ...args] = executed.command;
    const child = spawn(program, args, { cwd: '/' });
    this.#running.add(child);
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (bytes: Buffer) => send(stream, CHANNEL.stdout, bytes));
    child.stderr.on('data', (bytes: Buffer) => send(stream, CHANNEL.stderr, bytes));
    child.on('error', () => end(stream, notFound(program)));
    child.on('close', (code, signal) => {
      this.#running.delete(child);
      end(stream, ended(code ?? (signal === 'SIGKILL' ? 137 : 143)));
    });
    stream.on('message', (data: Buffer) => {
      const bytes = data.subarray(1);
      if (data[0] === CHANNEL.stdin) child.stdin.write(executed.tty ? this.#typed(bytes, stream) : bytes);
      if (data[0] === CHANNEL.resize) this.sizes.push(JSON.parse(bytes.toString()) as TerminalSize);
      if (data[0] === CHANNEL.close) child.stdin.end();
    });
    stream.on('close', () => child.kill('SIGKILL'));
  }

  /** What a terminal makes of keys: they are seen, and Enter is a new line. */
  #typed(bytes: Buffer, stream: WebSocket): string {
    const text = bytes.toString();
    send(stream, CHANNEL.stdout, Buffer.from(text.replaceAll('\r', '\r\n')));
    return text.replaceAll('\r', '\n');
  }

  #forward(port: number, stream: WebSocket): void {
    const number = Buffer.from([port & 0xff, port >> 8]);
    send(stream, 0, number);
    send(stream, 1, number);
    const local = this.ports.get(port);
    if (local === undefined) {
      send(stream, 1, Buffer.from(`dial tcp4 127.0.0.1:${String(port)}: connect: connection refused`));
      return stream.close();
    }
    const connection = connect(local, '127.0.0.1');
    this.#connections.add(connection);
    connection.on('error', () => undefined);
    connection.on('data', (bytes: Buffer) => send(stream, 0, bytes));
    connection.on('close', () => {
      this.#connections.delete(connection);
      stream.close(NORMAL_CLOSURE);
    });
    stream.on('message', (data: Buffer) => {
      if (data[0] === 0) connection.write(data.subarray(1));
    });
    stream.on('close', () => connection.destroy());
  }
}

function send(stream: WebSocket, channel: number, bytes: Uint8Array): void {
  stream.send(Buffer.concat([Buffer.of(channel), bytes]));
}

/** As a kubelet says how a command ended, as the last that it says. */
function end(stream: WebSocket, status: object): void {
  send(stream, CHANNEL.status, Buffer.from(JSON.stringify({ metadata: {}, ...status })));
  stream.close(NORMAL_CLOSURE);
}

function ended(code: number): object {
  if (code === 0) return { status: 'Success' };
  const message = `command terminated with non-zero exit code: exit status ${String(code)}`;
  const details = { causes: [{ reason: 'ExitCode', message: String(code) }] };
  return { status: 'Failure', reason: 'NonZeroExitCode', message, details };
}

function notFound(program: string): object {
  const message = `exec: "${program}": executable file not found in $PATH: unknown`;
  return { status: 'Failure', reason: 'InternalError', code: 500, message };
}
