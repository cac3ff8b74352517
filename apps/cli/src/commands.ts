import type { Command } from './command.ts';

/** Every command. Imports are lazy: a start loads one command only. */
export const commands: readonly Command[] = [
  {
    name: 'check',
    summary: 'Check Compose files and say what is wrong, where, and what to do',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'config',
    summary: 'Print the canonical project, like docker compose config',
    load: () => import('./commands/config.ts'),
  },
  {
    name: 'compile',
    summary: 'Compile Compose files to Kubernetes objects',
    load: () => import('./commands/compile.ts'),
  },
  {
    name: 'explain',
    summary: 'Say what becomes of a key of a service',
    load: () => import('./commands/explain.ts'),
  },
];
