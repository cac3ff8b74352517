import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClusterConnection, ExecSession } from '../src/index.ts';
import { KubernetesApiError } from '../src/errors/kubernetes-api-error.ts';
import { KubernetesTransport } from '../src/transport/kubernetes-transport.ts';
import { answers, message, PodServer } from './testing/pod-server.ts';
import { waitFor } from './testing/wait-for.ts';

const pod = { namespace: 'shop', name: 'web-1' };
const shell = { container: 'web', command: ['sh', '-c', 'echo a b'], stdin: true };
const SUCCESS = message(3, JSON.stringify({ status: 'Success' }));
const MIB = 1024 * 1024;

let server: PodServer;
let connection: ClusterConnection;
let transport: KubernetesTransport;

beforeEach(async () => {
  server = new PodServer();
  connection = await server.start();
  transport = new KubernetesTransport(connection, { connectTimeoutMs: 2_000, attemptDeadlineMs: 2_000 });
});
afterEach(async () => {
  await transport.close();
  await server.stop();
});

async function textOf(session: ExecSession): Promise<{ stdout: string; stderr: string }> {
  const text = { stdout: '', stderr: '' };
  for await (const { stream, bytes } of session.output) text[stream] += Buffer.from(bytes).toString('utf8');
  return text;
}
const failureOf = (call: Promise<unknown>): Promise<KubernetesApiError> =>
  call.then(
    () => Promise.reject(new Error('it was taken')),
    (error: unknown) => {
      expect(error).toBeInstanceOf(KubernetesApiError);
      return error as KubernetesApiError;
    },
  );

describe('a command in a container', () => {
  it('is asked for as it is, with our credential, below the path of the server, and gives back both outputs and its exit code', async () => {
    server.onStream = (stream) => {
      stream.send(message(1));
      stream.send(message(1, 'out '));
      stream.send(message(2, 'err'));
      stream.send(message(1, 'more'));
      const exit = {
        status: 'Failure',
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: '7' }] },
      };
      stream.send(message(3, JSON.stringify(exit)));
      stream.close(1000);
    };
    const session = await transport.exec(pod, shell);
    expect(await textOf(session)).toEqual({ stdout: 'out more', stderr: 'err' });
    expect(await session.exitCode).toBe(7);
    const [request] = server.requests;
    const url = new URL(request?.url ?? '', 'https://any');
    expect(url.pathname).toBe('/behind/a/path/api/v1/namespaces/shop/pods/web-1/exec');
    expect(url.searchParams.getAll('command')).toEqual(['sh', '-c', 'echo a b']);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ container: 'web', stdin: 'true', stderr: 'true' });
    expect(request?.headers.authorization).toBe('Bearer canary');
    expect(request?.headers['sec-websocket-extensions']).toBeUndefined();
  });

  it('gets its input, the size of its terminal and the end of its input, each on its channel', async () => {
    const received: Buffer[] = [];
    server.onStream = (stream) =>
      stream.on('message', (data: Buffer) => {
        received.push(data);
        if (data[0] === 255) stream.send(SUCCESS);
      });
    const session = await transport.exec(pod, { ...shell, tty: true });
    await session.write(Buffer.alloc(80 * 1024, 'x'));
    await session.resize({ width: 120, height: 40 });
    await session.endInput();
    await textOf(session);
    expect(received.map((each) => [each[0], each.length - 1])).toEqual([
      [0, 32 * 1024],
      [0, 32 * 1024],
      [0, 16 * 1024],
      [4, 25],
      [255, 1],
    ]);
    expect(new URL(server.requests[0]?.url ?? '', 'https://any').searchParams.has('stderr')).toBe(false);
  });

  it('runs on a server that is older than the end of input, which says so when it is told of one', async () => {
    server.protocols = ['v4.channel.k8s.io'];
    server.onStream = (stream) => stream.once('message', () => stream.send(SUCCESS));
    const session = await transport.exec(pod, shell);
    expect((await failureOf(session.endInput())).message).toContain('older than Kubernetes 1.30');
    await session.write(Buffer.from('exit\n'));
    await textOf(session);
    expect(await session.exitCode).toBe(0);
  });

  it('is held up by a reader that stops, and loses nothing', async () => {
    const size = 32 * MIB;
    let sent = 0;
    server.onStream = (stream) => {
      const more = (): void => {
        if (sent >= size) return stream.send(SUCCESS);
        sent += 32 * 1024;
        stream.send(message(1, Buffer.alloc(32 * 1024)), more);
      };
      more();
    };
    const session = await transport.exec(pod, shell);
    const output = session.output[Symbol.asyncIterator]();
    let read = (await output.next()).value?.bytes.length ?? 0;
    let before = -1;
    await waitFor('the server can send no more', () => {
      const isStill = sent === before;
      before = sent;
      return isStill;
    });
    expect(sent).toBeLessThan(size / 2);
    for (let next = await output.next(); next.done !== true; next = await output.next())
      read += next.value.bytes.length;
    expect(read).toBe(size);
  });

  it('holds up a writer whose input nobody takes', async () => {
    server.onStream = (stream) => stream.pause();
    const session = await transport.exec(pod, shell);
    let written = 0;
    const writing = (async () => {
      for (; written < 64 * MIB; written += 256 * 1024) await session.write(Buffer.alloc(256 * 1024));
    })();
    let before = -1;
    await waitFor('the writer waits', () => {
      const isStill = written === before && written > 0;
      before = written;
      return isStill;
    });
    expect(written).toBeLessThan(32 * MIB);
    session.close();
    expect((await failureOf(writing)).reason).toBe('ConnectionLost');
  });

  it.each([
    ['401 Unauthorized', 401, 'Unauthorized'],
    ['403 Forbidden', 403, 'pods "web-1" is forbidden: User "ci" cannot create resource "pods/exec"'],
    ['404 Not Found', 404, 'pods "web-1" not found'],
    ['400 Bad Request', 400, 'container nope is not valid for pod web-1'],
  ])('that is refused with %s says why', async (status, httpStatus, text) => {
    server.refusal = (_, socket) =>
      answers(socket, status, JSON.stringify({ kind: 'Status', message: text, code: httpStatus }));
    expect(await failureOf(transport.exec(pod, shell))).toMatchObject({ httpStatus, message: text });
    expect(transport.isIdle).toBe(true);
  });

  it.each(['container not found ("web")', 'pod web-1 does not have a host assigned', 'pod not found ("web-1_shop")'])(
    'is refused in words where there is nothing that runs: %s',
    async (text) => {
      server.refusal = (_, socket) => answers(socket, '500 No', JSON.stringify({ kind: 'Status', message: text }));
      const refused = { reason: 'ContainerNotRunning', message: 'the container is not running' };
      expect(await failureOf(transport.exec(pod, shell))).toMatchObject(refused);
    },
  );

  it('is not led elsewhere', async () => {
    server.refusal = (_, socket) => answers(socket, '302 Found', '', 'Location: https://127.0.0.1:1/\r\n');
    expect((await failureOf(transport.exec(pod, shell))).reason).toBe('UnexpectedRedirect');
  });

  it.each([
    ['answers with a page', (): void => void (server.refusal = (_, socket) => answers(socket, '200 OK', '<html>'))],
    ['speaks another protocol', (): void => void (server.protocols = ['chat'])],
    [
      'sends what is no WebSocket',
      (): void => void (server.onStream = (stream) => void streamOf(stream).write('junk'.repeat(99))),
    ],
  ])('fails in words where the server %s', async (_, misbehave) => {
    misbehave();
    const call = transport.exec(pod, shell).then(textOf);
    expect((await failureOf(call)).reason).toBe('UnexpectedResponse');
  });

  it('takes no message without end', async () => {
    server.onStream = (stream) => stream.send(message(1, Buffer.alloc(2 * MIB)));
    const session = await transport.exec(pod, shell);
    expect((await failureOf(textOf(session))).reason).toBe('ResponseTooLarge');
    expect((await failureOf(session.exitCode)).reason).toBe('ResponseTooLarge');
  });

  it('that is cut off has no exit code', async () => {
    server.onStream = (stream) => {
      stream.send(message(1, 'half'));
      stream.once('message', () => server.cut());
    };
    const session = await transport.exec(pod, shell);
    const reading = textOf(session);
    await session.write(Buffer.from('x'));
    expect((await failureOf(reading)).reason).toBe('ConnectionLost');
    expect((await failureOf(session.write(Buffer.from('x')))).reason).toBe('ConnectionLost');
  });

  it('whose stream is closed in order without a status has no exit code either', async () => {
    server.onStream = (stream) => stream.close(1000);
    const session = await transport.exec(pod, shell);
    expect((await failureOf(textOf(session))).message).toContain('before the command ended');
  });

  it('ends with the signal of whoever asked, and with the transport', async () => {
    const ending = new AbortController();
    const [first, second] = [
      await transport.exec(pod, { ...shell, signal: ending.signal }),
      await transport.exec(pod, shell),
    ];
    expect(transport.isIdle).toBe(false);
    const ended = failureOf(textOf(first));
    ending.abort();
    expect((await ended).reason).toBe('Cancelled');
    const closed = failureOf(textOf(second));
    await transport.close();
    expect((await closed).reason).toBe('ConnectionLost');
    await waitFor('no connection is left', () => server.connections === 0);
    expect(transport.isIdle).toBe(true);
  });

  it('is given up while it is being asked for, and when no answer comes', async () => {
    server.refusal = () => undefined;
    const ending = new AbortController();
    const given = failureOf(transport.exec(pod, { ...shell, signal: ending.signal }));
    await waitFor('it was asked', () => server.requests.length === 1);
    ending.abort();
    expect((await given).reason).toBe('Cancelled');
    expect((await failureOf(transport.exec(pod, shell))).reason).toBe('DeadlineExceeded');
    await waitFor('no connection is left', () => server.connections === 0);
  });
});

describe('a server that falls silent', () => {
  const quick = { podSockets: { pingIntervalMs: 20, silenceMaxMs: 200, stallMaxMs: 60_000 } };

  it('is taken for dead', async () => {
    await transport.close();
    transport = new KubernetesTransport(connection, quick);
    server.onStream = (stream) => stream.pause();
    expect((await failureOf(transport.exec(pod, shell).then(textOf))).message).toContain('silent for too long');
  });

  it('is not where it takes no more input, for the process may not want any', async () => {
    await transport.close();
    transport = new KubernetesTransport(connection, quick);
    server.onStream = (stream) => {
      stream.pause();
      setTimeout(() => {
        stream.send(SUCCESS);
      }, 600);
    };
    const session = await transport.exec(pod, shell);
    await session.write(Buffer.from('x'));
    await textOf(session);
    expect(await session.exitCode).toBe(0);
  });

  it('is not where nobody reads', async () => {
    await transport.close();
    transport = new KubernetesTransport(connection, quick);
    server.onStream = (stream) => {
      for (let count = 0; count < 1_000; count += 1) stream.send(message(1, Buffer.alloc(32 * 1024)));
      stream.send(SUCCESS);
    };
    const session = await transport.exec(pod, shell);
    const output = session.output[Symbol.asyncIterator]();
    await output.next();
    const until = Date.now() + 600;
    await waitFor('a while has passed', () => Date.now() > until);
    while ((await output.next()).done !== true);
    expect(await session.exitCode).toBe(0);
  });
});

describe('a port of a pod', () => {
  const prefix = (port: number): Buffer => Buffer.of(port & 0xff, port >> 8);

  it('is reached by bytes both ways, without the numbers that begin each channel', async () => {
    server.onStream = (stream) => {
      // However the server cuts it.
      stream.send(message(0, prefix(8080).subarray(0, 1)));
      stream.send(message(0, Buffer.concat([prefix(8080).subarray(1), Buffer.from('hello ')])));
      stream.send(message(1, prefix(8080)));
      stream.on('message', (data: Buffer) => {
        stream.send(data);
        stream.close(1000);
      });
    };
    const port = await transport.portForward(pod, 8080);
    await port.write(Buffer.from('echo'));
    let text = '';
    for await (const bytes of port.received) text += Buffer.from(bytes).toString('utf8');
    expect(text).toBe('hello echo');
    expect(server.requests[0]?.url).toBe('/behind/a/path/api/v1/namespaces/shop/pods/web-1/portforward?ports=8080');
  });

  it('at which nothing listens says so', async () => {
    server.onStream = (stream) => {
      stream.send(message(0, prefix(81)));
      stream.send(message(1, prefix(81)));
      const text = 'error forwarding port 81 to pod 12, uid : dial tcp4 127.0.0.1:81: connect: connection refused';
      stream.send(message(1, text));
      stream.close(1000);
    };
    const port = await transport.portForward(pod, 81);
    const reading = port.received[Symbol.asyncIterator]().next();
    expect(await failureOf(reading)).toMatchObject({
      reason: 'PortRefused',
      message: 'nothing listens on port 81 of the pod',
    });
  });

  it('that is refused says why', async () => {
    server.refusal = (_, socket) => answers(socket, '403 Forbidden', JSON.stringify({ kind: 'Status', message: 'no' }));
    expect(await failureOf(transport.portForward(pod, 81))).toMatchObject({ httpStatus: 403, message: 'no' });
  });
});

function streamOf(stream: unknown): { write(text: string): void } {
  return (stream as { _socket: { write(text: string): void } })._socket;
}
