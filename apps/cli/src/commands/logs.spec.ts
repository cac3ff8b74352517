import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runUshadow, type Ran, type RunOptions } from '../testing/run-ushadow.ts';
import { summary } from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

const TIME = '2026-01-02T03:04:05.000000001Z';
const said = (event: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const source = (number: number, service: string, more: object = {}): string => {
  const pod = `${service}-7c9`;
  return said('source', { source: number, service, pod, container: service, kind: 'main', ...more });
};
const lines = (id: string, ...texts: readonly (readonly [number, string])[]): string =>
  said('lines', { lines: texts.map(([number, text]) => ({ source: number, time: TIME, text })) }, id);
const end = said('end', {});

describe('ushadow logs', () => {
  let gateway: StandInGateway;
  beforeEach(async () => {
    gateway = new StandInGateway();
    await gateway.start();
    gateway.answer('listStacks', { stacks: [summary()], next_cursor: null });
  });
  afterEach(() => gateway.stop());
  const logs = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Ran> =>
    runUshadow(['logs', '-p', 'shop', ...args], {
      workingDirectory: '/',
      environment: { USHADOW_API: gateway.url },
      ...options,
    });

  it('shows each line after the pod that wrote it, in columns, and says aside what cannot be read', async () => {
    const notice = said('notice', { source: 1, code: 'FORBIDDEN', message: 'The log of db may not be read.' });
    const all = lines('a', [1, 'one'], [2, '\u001b[31mtwo\u001b[0m'], [1, 'three']);
    gateway.logs(source(1, 'web') + source(2, 'worker', { container: 'proxy', kind: 'sidecar' }) + all + notice + end);
    const { code, out, error } = await logs([]);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      'web-7c9  | one',
      'worker-7c9/proxy  | two',
      'web-7c9           | three',
      '',
    ]);
    expect(error).toBe('The log of db may not be read.\n');
  });

  it('asks for what the options say', async () => {
    gateway.logs(end);
    const args = ['web', '-f', '--previous', '--since', '10m', '--tail', '5', '--search', 'a b', '--pod', 'web-1'];
    expect((await logs(args)).code).toBe(0);
    expect(gateway.askedFor('followLogs')).toEqual([
      {
        ...{ follow: 'true', previous: 'true', since: '10m', tail: '5', search: 'a b', pod: 'web-1', services: 'web' },
        after: undefined,
      },
    ]);
    for (const bad of [['--since', 'yesterday'], ['--tail', '-1x'], ['--nonsense']])
      expect((await logs(bad)).code).toBe(2);
  });

  it('goes on after the last line it had when the connection is lost, and says so', async () => {
    const first = source(1, 'web') + lines('place-1', [1, 'one']);
    const second = source(7, 'web') + lines('place-2', [7, 'two']) + end;
    gateway.logs(first, second);
    const { code, out, error } = await logs(['-f', '--no-log-prefix']);
    expect([code, out]).toEqual([0, 'one\ntwo\n']);
    expect(error).toContain('trying again');
    expect(gateway.askedFor('followLogs').map(({ after }) => after)).toEqual([undefined, 'place-1']);
  });

  it('is in colours on a terminal alone, one for each pod, and without them when that is asked', async () => {
    gateway.logs(source(1, 'web') + lines('a', [1, '\u001b[31mred']) + end);
    const options = { isTerminal: true, environment: { USHADOW_API: gateway.url, NO_COLOR: '' } };
    const coloured = await logs([], options);
    expect(coloured.out).toBe('\u001b[36mweb-7c9  | \u001b[39m\u001b[31mred\u001b[0m\n');
    expect((await logs(['--no-color', '-t'], options)).out).toBe(`web-7c9  | ${TIME} red\n`);
  });

  it('obeys nothing that a cluster says, and fails where nothing at all may be read', async () => {
    const bad = said('notice', { source: 1, code: 'NOT_STARTED', message: 'web: \u001b[2J\u009bcleared' });
    const none = said('notice', { source: null, code: 'FORBIDDEN', message: 'The pods may not be seen.' });
    gateway.logs(source(1, 'web') + bad + end);
    expect(await logs([])).toMatchObject({ code: 0, error: 'web: �[2J�cleared\n' });
    gateway.logs(none + end);
    expect(await logs([])).toMatchObject({ code: 1, error: 'The pods may not be seen.\n' });
  });

  it('says again what happens again, and not what is said again because a connection was lost', async () => {
    const notice = said('notice', { source: 1, code: 'RESTARTED', message: 'It has started again.' });
    const first = source(1, 'web') + lines('a', [1, 'one']) + notice + notice;
    gateway.logs(first, source(1, 'web') + notice + lines('b', [1, 'two']) + notice + end);
    const { out, error } = await logs(['-f', '--no-log-prefix']);
    expect(out).toBe('one\ntwo\n');
    expect(error.match(/It has started again/g)).toHaveLength(3);
  });

  it('--json gives one value a line', async () => {
    gateway.logs(source(1, 'web') + lines('a', [1, 'one']) + end);
    const { out } = await logs(['--json']);
    expect(JSON.parse(out)).toEqual({ time: TIME, service: 'web', pod: 'web-7c9', container: 'web', text: 'one' });
  });
});
