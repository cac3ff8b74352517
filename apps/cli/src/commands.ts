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
    name: 'get',
    summary: 'Show what is live of a stack, or one object of it',
    load: () => import('./commands/get.ts'),
  },
  {
    name: 'events',
    summary: 'Show what the cluster says of a stack',
    load: () => import('./commands/events.ts'),
  },
  {
    name: 'top',
    summary: 'Show what the pods of a stack use of CPU and memory',
    load: () => import('./commands/top.ts'),
  },
  {
    name: 'logs',
    summary: 'Show what the containers of a stack write',
    load: () => import('./commands/logs.ts'),
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
    name: 'drift',
    summary: 'Show what others have changed of a stack; mend or adopt it',
    load: () => import('./commands/drift.ts'),
  },
  {
    name: 'update',
    summary: 'Change images: to what is named, or to what is newer by a rule',
    load: () => import('./commands/update.ts'),
  },
  {
    name: 'run',
    summary: 'Run a service once, with its own command or another one',
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'probe',
    summary: 'Switch the probes of services off, or on again',
    load: () => import('./commands/probe.ts'),
  },
  {
    name: 'pull-secret',
    summary: 'Give running services the registry credentials of their cluster',
    load: () => import('./commands/pull-secret.ts'),
  },
  {
    name: 'diff',
    summary: 'Show what differs between revisions, or from what runs',
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'tag',
    summary: 'Give a revision a name, by which it is kept and found',
    load: () => import('./commands/tag.ts'),
  },
  {
    name: 'manifests',
    summary: 'Print the manifests of a revision, or write them to a folder',
    load: () => import('./commands/manifests.ts'),
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
    name: 'notifications',
    summary: 'Show, add and try channels that notifications go to, and their log',
    load: () => import('./commands/notifications.ts'),
  },
  {
    name: 'hook',
    summary: 'Let CI jobs and registries update images of a stack by a call',
    load: () => import('./commands/hook.ts'),
  },
  {
    name: 'token',
    summary: 'Let a program do what a user may, or less',
    load: () => import('./commands/token.ts'),
  },
  {
    name: 'grant',
    summary: 'Say who may do what, and where',
    load: () => import('./commands/grant.ts'),
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
  {
    name: 'completion',
    summary: 'Print what makes a shell complete commands, options and names',
    load: () => import('./commands/completion.ts'),
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
