import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '@ushadow/testing';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cluster, stack, summary } from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

/** What each shell is given: words as it has them, and how it is asked what the last one can become. */
const shells = {
  bash: (words: readonly string[]) => `
    source <(ushadow completion bash)
    COMP_WORDS=(ushadow ${words.map(quoted).join(' ')})
    COMP_CWORD=${String(words.length)}
    _ushadow
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (words: readonly string[]) => `
    autoload -Uz compinit; compinit -u -D
    source <(ushadow completion zsh)
    compadd() { local -a all; while [[ $1 == -* ]]; do [[ $1 == -d ]] && shift; shift; done; all=("\${(@P)1}"); print -rl -- $all }
    words=(ushadow ${words.map(quoted).join(' ')}); CURRENT=\${#words}
    _ushadow`,
  fish: (words: readonly string[]) => `
    ushadow completion fish | source
    complete -C ${quoted(['ushadow', ...words].join(' '))}`,
} as const;

function quoted(word: string): string {
  return `'${word}'`;
}

describe.each(Object.keys(shells) as (keyof typeof shells)[])('completion in %s', (shell) => {
  // Where a shell is not installed there is nothing to be asked.
  const isHere = spawnSync(shell, ['-c', 'exit 0']).status === 0;
  const here = isHere ? it : it.skip;
  let folder: string;
  let gateway: StandInGateway;
  let silent: Server;
  const asked = new Set<Socket>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-completion-'));
    writeFileSync(
      join(folder, 'compose.yaml'),
      'name: shop\nservices:\n  web: {image: nginx}\n  worker: {image: busybox}\n',
    );
    symlinkSync(join(repositoryRoot(), 'apps/cli/bin/ushadow.js'), join(folder, 'ushadow'));
    gateway = new StandInGateway();
    await gateway.start();
    gateway
      .answer('listClusters', [cluster, { ...cluster, name: 'bench:two' }])
      .answer('listStacks', { stacks: [summary()], next_cursor: null })
      .answer('getStack', stack());
    // Takes every connection and answers nothing.
    silent = createServer((socket) => void asked.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await gateway.stop();
    for (const socket of asked) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const ask = async (words: readonly string[], api = gateway.url): Promise<readonly string[]> => {
    const path = [folder, dirname(process.execPath), process.env['PATH']].join(delimiter);
    const child = spawn(shell, ['-c', shells[shell](words)], {
      cwd: folder,
      env: { PATH: path, HOME: folder, USHADOW_API: api },
    });
    let [out, error] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    await new Promise((resolve) => child.once('close', resolve));
    expect(error).toBe('');
    return out
      .split('\n')
      .map((line) => line.replace(/\t.*/, ''))
      .filter((line) => line !== '');
  };

  here('commands, options, services of this folder', async () => {
    expect(await ask(['port'])).toEqual(['port-forward']);
    expect(await ask(['up', '--recre'])).toEqual(['--recreate']);
    expect(await ask(['logs', 'w'])).toEqual(['web', 'worker']);
  });

  here('names that the gateway has, also behind an equals sign and with a colon', async () => {
    expect(await ask(['ps', '-c', 'be'])).toEqual(['bench', 'bench:two']);
    expect(await ask(['ps', '-p', 'shop', 'd'])).toEqual(['db']);
    const parts = shell === 'bash' ? ['ps', '--cluster', '=', 'be'] : ['ps', '--cluster=be'];
    const found = shell === 'bash' ? ['bench', 'bench:two'] : ['--cluster=bench', '--cluster=bench:two'];
    expect(await ask(parts)).toEqual(found);
    if (shell === 'bash') expect(await ask(['ps', '-c', 'bench', ':', 't'])).toEqual(['two']);
  });

  here('nothing and no word where the gateway is away, or says nothing', async () => {
    expect(await ask(['ps', '-c', ''], 'http://127.0.0.1:1')).toEqual([]);
    const since = performance.now();
    expect(await ask(['ps', '-c', ''], `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`)).toEqual(
      [],
    );
    expect(performance.now() - since).toBeLessThan(6_000);
  });

  here('paths', async () => {
    expect(await ask(['check', '-f', 'comp'])).toEqual(['compose.yaml']);
  });
});
