import { describe, expect, it } from '@jest/globals';
import { commands } from '../commands.ts';
import { complete, type KnownNames } from './complete.ts';
import { usageOptions } from './usage-options.ts';

const known: KnownNames = (kind, typed) =>
  Promise.resolve(
    kind === 'service'
      ? ['db', 'web', 'worker'].map((value) => ({ value: `${typed.slice(0, typed.indexOf('/') + 1)}${value}` }))
      : [{ value: `a-${kind}`, description: 'there' }],
  );
const values = async (...words: string[]): Promise<readonly string[]> =>
  (await complete(words, commands, known)).candidates.map(({ value }) => value);

describe('completion', () => {
  it('has each command with its summary', async () => {
    const all = commands.map(({ name: value, summary: description }) => ({ value, description }));
    expect((await complete([''], commands, known)).candidates).toEqual(all);
    expect(await values('po')).toEqual(['port-forward']);
    expect(await values('nobody', '')).toEqual([]);
  });

  it.each(commands)('of $name has every option that it takes, and each is in its usage', async ({ name, load }) => {
    const { usage, options } = await load();
    const shown = usageOptions(usage, options);
    expect([...new Set(shown.map((each) => each.name))].sort()).toEqual(Object.keys(options).sort());
    expect(await values(name, '-')).toEqual(shown.map(({ flag }) => flag));
    for (const { description } of shown) expect(description).not.toBe('');
  });

  it('does not offer again what was given, unless it may be repeated', async () => {
    expect(await values('ps', '--json', '-p', 'shop', '--')).toEqual(['--file', '--cluster', '--namespace', '--api']);
    expect(await values('up', '--forget', 'A', '--forg')).toEqual(['--forget']);
    expect(await values('up', '--no-p')).toEqual(['--no-prune']);
  });

  it.each([
    [['ps', '-c', ''], ['a-cluster']],
    [['ps', '--cluster', 'a'], ['a-cluster']],
    [['ps', '--cluster=a'], ['--cluster=a-cluster']],
    [['ps', '-p', ''], ['a-stack']],
    [
      ['logs', '-ft', 'w'],
      ['web', 'worker'],
    ],
    [
      ['logs', 'web', 'w'],
      ['web', 'worker'],
    ],
    [
      ['stop', 'shop/w'],
      ['shop/web', 'shop/worker'],
    ],
    [['hook', 'create', 'x', '--service', 'd'], ['db']],
    [['templates', 'use', 'a-t'], ['a-template']],
    [
      ['up', '--recreate', ''],
      ['jobs', 'all', 'none'],
    ],
    [['config', '--format', 'j'], ['json']],
    [['config', '--format=j'], ['--format=json']],
    [
      ['notifications', 're'],
      ['resume', 'resend'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['port-forward', 'web', ''], []],
    [['history', '--limit', ''], []],
  ])('%j', async (words, wanted) => {
    expect(await values(...words)).toEqual(wanted);
  });

  it('leaves paths to the shell, and the command that another one runs to its owner', async () => {
    expect(await complete(['up', '-f', 'com'], commands, known)).toEqual({ candidates: [], paths: 'files' });
    expect(await complete(['check', '--project-directory', ''], commands, known)).toMatchObject({ paths: 'folders' });
    expect(await values('exec', '-T', 'web', '')).toEqual([]);
    expect(await values('exec', '-T', 'web', 'ls', '--')).toEqual([]);
    expect(await values('exec', '-T', 'we')).toEqual(['web']);
  });
});
