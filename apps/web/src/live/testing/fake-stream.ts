import type { FollowPorts } from '@ushadow/contracts';

export interface FakeConnection {
  readonly url: string;
  isClosed: boolean;
  /** Undefined ends it. */
  readonly push: (text: string | undefined) => void;
}

/** Connections that a test feeds, and timers that it lets pass. */
export function fakeStream(status: () => number = () => 200) {
  const opened: FakeConnection[] = [];
  const timers = new Set<{ readonly done: () => void; readonly ms: number }>();
  const ports: FollowPorts = {
    baseUrl: '',
    after: (ms, done) => {
      const timer = { done, ms };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    open: (url, _headers, closed) => {
      const texts: (string | undefined)[] = [];
      let wake: () => void = () => undefined;
      const connection: FakeConnection = {
        url,
        isClosed: false,
        push: (text) => {
          texts.push(text);
          wake();
        },
      };
      closed(() => {
        connection.isClosed = true;
        connection.push(undefined);
      });
      opened.push(connection);
      return Promise.resolve({
        ok: status() === 200,
        status: status(),
        json: () =>
          Promise.resolve({ code: 'DEPLOYMENT_NOT_FOUND', kind: 'not-found', message: 'no', retryable: false }),
        read: async () => {
          if (texts.length === 0) await new Promise<void>((resolve) => (wake = resolve));
          return texts.shift();
        },
      });
    },
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Lets every timer of at most this time pass, then what follows from it. */
  const pass = async (ms: number): Promise<void> => {
    for (const timer of timers) {
      if (timer.ms > ms) continue;
      timers.delete(timer);
      timer.done();
    }
    await settle();
  };
  return { ports, opened, pass, settle, last: () => opened.at(-1) as FakeConnection };
}

export const idOf = (letter: string) => `00000000-0000-4000-8000-${letter.repeat(12)}`;

export function progressText(deployment: string, sequence: number): string {
  const event = {
    deployment_id: deployment,
    sequence,
    attempt: 1,
    time: '2026-01-01T00:00:00.000Z',
    type: 'x',
    message: '',
    data: {},
  };
  return `event: progress\ndata: ${JSON.stringify(event)}\n\n`;
}
