import { join } from 'node:path';
import { cacheDirectory, installOnce } from '../cache/install-once.ts';
import type { ServerContext } from '../context.ts';
import { firstProvider } from '../first-provider.ts';
import type { Provider } from '../first-provider.ts';
import type { ProgressStep } from '../progress.ts';
import { PROGRAMS } from './catalogue.ts';
import type { ProgramName } from './catalogue.ts';
import { fromEnvironment, isExecutable, onPath } from './find-executable.ts';
import { goBuild } from './go-build.ts';
import { pinnedVersion } from './pinned-version.ts';
import type { Program } from './program.ts';

/** Where an executable came from, for the line a person reads. */
export type FoundProgram = { readonly path: string; readonly source: 'environment' | 'path' | 'cache' | 'built' };

/** What is there already: named by the environment, on PATH or in the cache, in this order. */
export function installedProviders(name: ProgramName, context: ServerContext): readonly Provider<FoundProgram>[] {
  const program: Program = PROGRAMS[name];
  const { fileVariables, folderVariables } = program;
  return [
    {
      name: [...fileVariables, ...folderVariables].join(' or '),
      find: async () => found(fromEnvironment(program, context.env), 'environment'),
    },
    { name: 'PATH', find: async () => found(onPath(name, context.env), 'path') },
    {
      name: 'the cache',
      find: async () => {
        const path = join(await cachedFolder(program, context), name);
        return found(isExecutable(path) ? path : undefined, 'cache');
      },
    },
  ];
}

/** Built from the pinned module into the cache, when there is a Go toolchain. */
export function builtProvider(name: ProgramName, context: ServerContext): Provider<FoundProgram> {
  const program: Program = PROGRAMS[name];
  return {
    name: 'the Go toolchain',
    find: async () => {
      const go = onPath('go', context.env) ?? goInUsualPlace();
      if (!go) return undefined;
      const version = await pinnedVersion(context.root, program.recipe);
      let waiting: ProgressStep | undefined;
      const folder = await installOnce({
        directory: await cachedFolder(program, context),
        produce: (staging) => {
          waiting?.done();
          return goBuild(go, program.recipe, version, staging, context);
        },
        onWait: (holder) => {
          waiting = context.progress.step(`waiting for process ${holder}, which is building ${name}`);
        },
      }).finally(() => waiting?.done());
      return { path: join(folder, name), source: 'built' };
    },
  };
}

/** The executable of a program, by the first way that is open. */
export async function findProgram(name: ProgramName, context: ServerContext): Promise<string> {
  const providers = [...installedProviders(name, context), builtProvider(name, context)];
  return (await firstProvider(name, providers, programRemedy(name))).path;
}

export function programRemedy(name: ProgramName): string {
  const { fileVariables, folderVariables }: Program = PROGRAMS[name];
  const variable = fileVariables[0] ?? `the folder ${folderVariables[0] ?? 'PATH'}`;
  return `Install Go 1.26 or newer (https://go.dev/dl) to have it built, or install ${name} and put it on PATH or name it in ${variable}.`;
}

async function cachedFolder({ recipe }: Program, { env, root }: ServerContext): Promise<string> {
  return join(cacheDirectory(env), `${recipe.folder}-${await pinnedVersion(root, recipe)}`);
}

function goInUsualPlace(): string | undefined {
  return ['/usr/local/go/bin/go', '/opt/homebrew/bin/go'].find(isExecutable);
}

function found(path: string | undefined, source: FoundProgram['source']): FoundProgram | undefined {
  return path === undefined ? undefined : { path, source };
}
