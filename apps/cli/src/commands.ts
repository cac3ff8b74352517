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
  {
    name: 'plan',
    summary: 'Ask a cluster what a deployment would change, without changing it',
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'deploy',
    summary: 'Deploy a service, or exactly what a plan says',
    load: () => import('./commands/deploy.ts'),
  },
  {
    name: 'status',
    summary: 'Show deployments, or one of them',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'cancel',
    summary: 'End a deployment that is under way',
    load: () => import('./commands/cancel.ts'),
  },
  {
    name: 'rollback',
    summary: 'Bring back an earlier revision of a service',
    load: () => import('./commands/rollback.ts'),
  },
  {
    name: 'history',
    summary: 'Show the revisions of a service',
    load: () => import('./commands/history.ts'),
  },
  {
    name: 'audit',
    summary: 'Show who did what, or verify that nothing of it was changed',
    load: () => import('./commands/audit.ts'),
  },
];
