import { describe, expect, it } from '@jest/globals';
import { Broker } from './broker.ts';
import { GONE_MS, type BrokerMessage } from './messages.ts';
import { fakeStream, idOf, progressText } from './testing/fake-stream.ts';

const a = idOf('a');
const b = idOf('b');

function brokerOverFake(status?: () => number) {
  const stream = fakeStream(status);
  const sent: BrokerMessage[] = [];
  const broker = new Broker((message) => sent.push(message), stream.ports);
  const watch = (from: string, deployment: string, after = 0, now = 0) => {
    broker.receive({ kind: 'watch', from, deployment, after }, now);
  };
  const reported = (to: string) =>
    sent.flatMap<number | string>((message) =>
      message.to !== to
        ? []
        : message.kind === 'events'
          ? message.events.map(({ sequence }) => sequence)
          : [message.kind === 'connection' ? message.connection : message.kind],
    );
  return { ...stream, broker, sent, watch, reported };
}

describe('the broker of a browser’s tabs', () => {
  it('opens one connection for what seven watchers follow', async () => {
    const { watch, pass, opened, last } = brokerOverFake();
    for (let tab = 0; tab < 7; tab += 1) watch(`tab-${String(tab)}`, tab % 2 === 0 ? a : b);
    await pass(20);
    expect(opened.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
    expect(last().url).toBe(`/api/events/stream?deployment=${a}:0&deployment=${b}:0`);
  });

  it('tells each watcher of its own deployment alone', async () => {
    const { watch, pass, last, settle, reported } = brokerOverFake();
    watch('one', a);
    watch('two', b);
    await pass(20);
    last().push(progressText(a, 1) + progressText(b, 1) + progressText(a, 2));
    await settle();
    expect(reported('one')).toEqual(['live', 1, 2]);
    expect(reported('two')).toEqual(['live', 1]);
  });

  it('gives a watcher that comes later what it has missed, without asking for it again', async () => {
    const { watch, pass, opened, last, settle, reported } = brokerOverFake();
    watch('one', a);
    await pass(20);
    last().push(progressText(a, 1) + progressText(a, 2));
    await settle();
    watch('late', a, 1);
    expect(reported('late')).toEqual(['live', 2]);
    expect(opened).toHaveLength(1);
  });

  it('goes on after the last event when another deployment is watched', async () => {
    const { watch, pass, opened, last, settle } = brokerOverFake();
    watch('one', a);
    await pass(20);
    last().push(progressText(a, 1) + progressText(a, 2));
    await settle();
    watch('two', b);
    await pass(20);
    expect(opened[0]?.isClosed).toBe(true);
    expect(last().url).toContain(`deployment=${a}:2&deployment=${b}:0`);
  });

  it('says that the connection is lost, and goes on where it was', async () => {
    const { watch, pass, last, settle, reported } = brokerOverFake();
    watch('one', a);
    await pass(20);
    last().push(progressText(a, 1));
    await settle();
    last().push(undefined);
    await settle();
    await pass(500);
    expect(reported('one')).toEqual(['live', 1, 'lost', 'live']);
    expect(last().url).toContain(`${a}:1`);
  });

  it('drops an event that comes twice', async () => {
    const { watch, pass, last, settle, reported } = brokerOverFake();
    watch('one', a);
    await pass(20);
    last().push(progressText(a, 1) + progressText(a, 1));
    await settle();
    expect(reported('one')).toEqual(['live', 1]);
  });

  it('ends the connection with the last watcher, also with one that is silent for long', async () => {
    const { broker, watch, pass, last, opened } = brokerOverFake();
    watch('one', a);
    await pass(20);
    broker.removeSilent(GONE_MS);
    expect(last().isClosed).toBe(false);
    broker.removeSilent(GONE_MS + 1);
    expect(last().isClosed).toBe(true);
    await pass(20);
    expect(opened).toHaveLength(1);
  });

  it('asks one that was taken for gone to say again what it watches', () => {
    const { broker, sent } = brokerOverFake();
    broker.receive({ kind: 'here', from: 'frozen' }, 0);
    expect(sent).toEqual([{ to: 'frozen', kind: 'forgotten' }]);
  });

  it('names the one that cannot be followed, and follows the others', async () => {
    const { watch, pass, last, settle, reported } = brokerOverFake();
    watch('one', a);
    watch('two', b);
    await pass(20);
    const error = { code: 'DEPLOYMENT_NOT_FOUND', kind: 'not-found', message: 'no', retryable: false };
    last().push(`event: failure\ndata: ${JSON.stringify({ deployment_id: a, error })}\n\n`);
    last().push(progressText(b, 1));
    await settle();
    await settle();
    expect(reported('one')).toEqual(['live', 'refused']);
    expect(reported('two')).toEqual(['live', 1]);
  });

  it('tells all when the stream itself is refused, and does not ask again', async () => {
    const { watch, pass, opened, reported } = brokerOverFake(() => 404);
    watch('one', a);
    await pass(20);
    await pass(8_000);
    expect(reported('one')).toEqual(['refused']);
    expect(opened).toHaveLength(1);
  });
});
