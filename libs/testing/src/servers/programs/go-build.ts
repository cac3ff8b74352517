import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerContext } from '../context.ts';
import { startTied } from '../process/tied-process.ts';
import { withStep } from '../progress.ts';
import type { Recipe } from './program.ts';

/**
 * Builds a recipe into `staging`, with the compiler's progress shown. Go keeps what was compiled in its own cache, so a
 * build that was interrupted goes on where it stopped.
 */
export async function goBuild(
  go: string,
  recipe: Recipe,
  version: string,
  staging: string,
  context: ServerContext,
): Promise<void> {
  const label = `building ${recipe.folder} ${version} from source (${recipe.patience})`;
  await withStep(context.progress, label, async (step) => {
    let compiled = 0;
    const flags = ['-s', '-w', ...recipe.linkerFlags(version)].join(' ');
    const output = join(staging, recipe.folder);
    const args = ['build', '-v', '-trimpath', '-ldflags', flags, '-o', output, recipe.package];
    await run({
      program: go,
      args,
      cwd: join(context.root, 'tools', recipe.folder),
      env: context.env,
      onLine: (line) => {
        if (line.startsWith('go: ')) step.update('downloading modules');
        else step.update(`${(compiled += 1)} packages compiled`);
      },
    });
  });
  for (const alias of recipe.aliases) await symlink(recipe.folder, join(staging, alias));
}

type Run = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
};

async function run({ program, args, cwd, env, onLine }: Run): Promise<void> {
  let rest = '';
  const child = startTied({
    program,
    args,
    cwd,
    env: { ...env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
    onOutput: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    },
  });
  const code = await child.exited;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} in ${cwd} failed:\n${child.lastOutput().trim()}`);
}
