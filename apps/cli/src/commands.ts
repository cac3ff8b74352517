import type { Command } from './command.ts';

/** Every command. Imports are lazy: a start loads one command only. */
export const commands: readonly Command[] = [
  {
    name: 'up',
    summary: 'Deploy the project in this folder, or one of the catalog',
    load: () => import('./commands/up.ts'),
  },
  {
    name: 'down',
    summary: 'Remove a stack, or some of its services; data stays unless --volumes',
    load: () => import('./commands/down.ts'),
  },
  {
    name: 'ps',
    summary: 'Show the services of a stack',
    load: () => import('./commands/ps.ts'),
  },
  {
    name: 'ls',
    summary: 'Show the stacks there are',
    load: () => import('./commands/ls.ts'),
  },
  {
    name: 'plan',
    summary: 'Ask a cluster what up would change, without changing it',
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'variables',
    summary: 'Show the variables of a project, or write them as .env',
    load: () => import('./commands/variables.ts'),
  },
  {
    name: 'templates',
    summary: 'Show the templates of the gallery, or make a project of one',
    load: () => import('./commands/templates.ts'),
  },
  {
    name: 'exec',
    summary: 'Run a command in a container of a service',
    load: () => import('./commands/exec.ts'),
  },
  {
    name: 'cp',
    summary: 'Copy files out of a container, or into it',
    load: () => import('./commands/cp.ts'),
  },
  {
    name: 'port-forward',
    summary: 'Pass connections on to a port of a service',
    load: () => import('./commands/port-forward.ts'),
  },
  {
    name: 'open',
    summary: 'Open a service in the browser',
    load: () => import('./commands/open.ts'),
  },
  {
    name: 'history',
    summary: 'Show the revisions of a stack',
    load: () => import('./commands/history.ts'),
  },
  {
    name: 'rollback',
    summary: 'Bring back an earlier revision of a stack',
    load: () => import('./commands/rollback.ts'),
  },
  {
    name: 'restart',
    summary: 'Replace all pods of services',
    load: () => import('./commands/restart.ts'),
  },
  {
    name: 'scale',
    summary: 'Change the number of replicas of services',
    load: () => import('./commands/scale.ts'),
  },
  {
    name: 'stop',
    summary: 'Stop services; start brings them back as they were',
    load: () => import('./commands/stop.ts'),
  },
  {
    name: 'start',
    summary: 'Start services that were stopped',
    load: () => import('./commands/start.ts'),
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
    name: 'audit',
    summary: 'Show who did what, or verify that nothing of it was changed',
    load: () => import('./commands/audit.ts'),
  },
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

/** Commands that were, and what to say instead. */
export const retired: ReadonlyMap<string, string> = new Map([
  [
    'deploy',
    `ushadow deploy is ushadow up now:
  ushadow up                     everything in this folder
  ushadow up web                 one service of it
  ushadow up shop/web            a service of the project shop
  ushadow up --apply PLAN        exactly what a plan says
`,
  ],
]);
