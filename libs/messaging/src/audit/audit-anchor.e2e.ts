import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { streams } from '@ushadow/contracts';
import { createLogger } from '@ushadow/observability';
import { verifyTrail } from '@ushadow/postgres';
import { busOf, natsFor } from '@ushadow/testing';
import { BusConnection } from '../bus-connection.ts';
import { EventBus } from '../event-bus.ts';
import { reconcileStreams } from '../streams/reconcile-streams.ts';
import { AuditAnchor } from './audit-anchor.ts';
import { AuditStream } from './audit-stream.ts';
import { WrittenTrail } from './testing/written-trail.ts';

const { url } = await natsFor(import.meta.url);

describe('what the stream has of a trail', () => {
  let admin: BusConnection;
  let compiler: BusConnection;
  let stream: AuditStream;
  let trail: WrittenTrail;
  let said: string[];

  beforeAll(async () => {
    admin = new BusConnection(busOf(url, 'deployer', { asAdmin: true }));
    compiler = new BusConnection(busOf(url, 'compiler'));
    for (const each of [admin, compiler]) each.onApplicationBootstrap();
    await Promise.all([admin.opened(), compiler.opened()]);
    stream = new AuditStream(compiler, new EventBus(compiler), 'compiler');
  });
  afterAll(async () => {
    await Promise.all([admin.onApplicationShutdown(), compiler.onApplicationShutdown()]);
  });
  beforeEach(async () => {
    const manager = await admin.jetStreamManager();
    await reconcileStreams(manager);
    await manager.streams.purge(streams.audit.name);
    trail = new WrittenTrail();
    said = [];
  });

  /** Adds entries and publishes each. */
  async function write(...targets: readonly string[]): Promise<boolean[]> {
    const answers: boolean[] = [];
    for (const target of targets) answers.push(await stream.record(trail.add(target)));
    return answers;
  }
  async function anchor(): Promise<number | undefined> {
    const logger = createLogger({
      ...{ service: 'test', level: 'error' },
      redact: (line) => {
        said.push(line);
        return '';
      },
    });
    await new AuditAnchor({ trail, stream, isOpen: () => true, logger }).run();
    return (await stream.anchor())?.sequence;
  }
  const broken = async () => (await verifyTrail(trail, stream)).broken;

  it('is one entry for each number: the same one again is nothing new, another one is refused', async () => {
    expect(await write('a', 'b')).toEqual([true, true]);
    const [, second] = trail.entries;
    if (second === undefined) throw new Error('no entry');
    expect(await stream.record(second)).toBe(true);
    trail.entries.pop();
    expect(await write('another')).toEqual([false]);
    expect((await stream.recorded(2))?.seal).toBe(second.seal);
  });

  it('is the newest entry, which moves forward only', async () => {
    expect(await anchor()).toBeUndefined();
    await write('a', 'b');
    expect(await anchor()).toBe(2);
    await write('c');
    expect(await anchor()).toBe(3);
    const before = await stream.anchor();
    await write('d');
    expect(await anchor()).toBe(4);
    // Whoever has read the one before comes too late.
    const late = { sequence: 3, seal: trail.entries[2]?.seal ?? '', time: new Date().toISOString() };
    expect(await stream.setAnchor(late, before)).toBe(false);
    expect((await stream.anchor())?.sequence).toBe(4);
    expect(await broken()).toBeNull();
  });

  it('stays where it is once the trail is not the one any more, and that is said by itself', async () => {
    await write('a', 'b', 'c');
    await anchor();
    trail.entries = trail.entries.slice(0, 1);
    trail.add('x');
    trail.add('y');
    trail.add('z');
    expect(await anchor()).toBe(3);
    expect(said.join('\n')).toContain('the audit is broken: Entry 2 of the compiler-service is another one');
    expect(await broken()).toMatchObject({ sequence: 2, reason: 'rewritten' });
  });

  it('does not go past an entry that took the place of one the stream has', async () => {
    await write('a', 'b');
    expect(await anchor()).toBe(2);
    await write('c');
    trail.entries.pop();
    expect(await write('another', 'more')).toEqual([false, true]);
    expect(await anchor()).toBe(2);
    expect(said.join('\n')).toContain('the audit is broken: Entry 3 of the compiler-service is another one');
    expect(await broken()).toMatchObject({ sequence: 3, reason: 'rewritten' });
  });

  it('is never an entry without a good seal', async () => {
    await write('a');
    await anchor();
    const forged = trail.add('forged');
    trail.entries[1] = { ...forged, target: 'changed' };
    expect(await anchor()).toBe(1);
    expect(await broken()).toMatchObject({ sequence: 2, reason: 'changed' });
  });

  it('can be begun anew by whoever may empty the stream, as after a restore', async () => {
    await write('a', 'b', 'c');
    await anchor();
    trail.entries = trail.entries.slice(0, 1);
    expect(await broken()).toMatchObject({ sequence: 2, reason: 'missing' });
    const manager = await admin.jetStreamManager();
    await manager.streams.purge(streams.audit.name, { filter: 'ushadow.v1.audit.compiler.>' });
    expect(await anchor()).toBe(1);
    expect(await broken()).toBeNull();
  });
});
