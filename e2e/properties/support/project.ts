/** What the test's two projects say in their files at a moment. Every number stands for a text that can be edited. */
export interface Files {
  readonly project: string;
  /** Services in the files, with the number in their image and environment. */
  readonly services: Readonly<Record<string, number>>;
  /** Of the config that both projects call by the same name. */
  readonly page: number;
  /** Of the config of each project's own. */
  readonly own: number;
  /** Whether the jobs have a volume. */
  readonly hasFiles: boolean;
}

/** An object that files ask for: by `Kind/name`, the services that want it and what can be told from it. */
export interface Wanted {
  readonly key: string;
  readonly services: readonly string[];
  readonly tells: string;
}

/** Names that both projects have; the others start with the project's. */
export const WEB = 'web';
export const DB = 'db';
export const appOf = (project: string): string => `${project}-app`;
export const jobsOf = (project: string): string => `${project}-jobs`;

/** The claim that the database's StatefulSet makes: both projects' has this name. */
export const DB_CLAIM = 'PersistentVolumeClaim/data-db-0';

export function firstFiles(project: string): Files {
  const services = { [WEB]: 1, [DB]: 1, [appOf(project)]: 1, [jobsOf(project)]: 1 };
  return { project, services, page: 1, own: 1, hasFiles: true };
}

/** Users of the two configs, and which services there can be. */
const usersOf = (project: string) => ({
  page: [DB, WEB],
  own: [appOf(project), jobsOf(project), WEB].sort(),
});

export function composeText({ project, services, page, own, hasFiles }: Files): string {
  const [app, jobs] = [appOf(project), jobsOf(project)];
  const parts: Readonly<Record<string, (number: number) => readonly string[]>> = {
    [WEB]: (number) => [
      `image: team/web:${number}`,
      `ports: ['80']`,
      `environment: { MODE: m${number}, API_TOKEN: t${number} }`,
      'configs: [page, own]',
    ],
    [DB]: (number) => [`image: redis:${number}`, `ports: ['6379']`, `volumes: ['data:/data']`, 'configs: [page]'],
    [app]: (number) => [`image: team/app:${number}`, `environment: { MODE: m${number} }`, 'configs: [own]'],
    [jobs]: (number) => [
      `image: team/jobs:${number}`,
      'configs: [own]',
      ...(hasFiles ? [`volumes: ['files:/files']`] : []),
    ],
  };
  const lines = Object.entries(services).flatMap(([service, number]) => [
    `  ${service}:`,
    ...(parts[service]?.(number) ?? []).map((line) => `    ${line}`),
  ]);
  const configs = [`  page: { name: page, content: p${page} }`, `  own: { content: o${own} }`];
  return [
    'services:',
    ...lines,
    'configs:',
    ...configs,
    'volumes: { data: { x-ushadow: { per_replica: true } }, files: {} }',
    '',
  ].join('\n');
}

/** The objects that are to be there when all of it runs. */
export function wantedBy({ project, services, page, own, hasFiles }: Files): Wanted[] {
  const [app, jobs] = [appOf(project), jobsOf(project)];
  const has = (service: string): boolean => services[service] !== undefined;
  const of = (service: string, key: string, tells = ''): Wanted => ({ key, services: [service], tells });
  const number = (service: string): number => services[service] ?? 0;
  const all = [
    of(WEB, 'Deployment/web', `team/web:${number(WEB)}`),
    of(WEB, 'Service/web'),
    of(WEB, 'ConfigMap/web-config', `MODE=m${number(WEB)}`),
    of(WEB, 'Secret/web-secrets', `API_TOKEN=t${number(WEB)}`),
    of(DB, 'StatefulSet/db', `redis:${number(DB)}`),
    of(DB, 'Service/db'),
    of(DB, DB_CLAIM),
    of(app, `Deployment/${app}`, `team/app:${number(app)}`),
    of(app, `Service/${app}`),
    of(app, `ConfigMap/${app}-config`, `MODE=m${number(app)}`),
    of(jobs, `Deployment/${jobs}`, `team/jobs:${number(jobs)}`),
    of(jobs, `Service/${jobs}`),
    ...(hasFiles ? [of(jobs, `PersistentVolumeClaim/${project}-files`)] : []),
    { key: 'ConfigMap/page', services: usersOf(project).page, tells: `page=p${page}` },
    { key: `ConfigMap/${project}-own`, services: usersOf(project).own, tells: `own=o${own}` },
  ];
  return all
    .map((wanted) => ({ ...wanted, services: wanted.services.filter(has) }))
    .filter((wanted) => wanted.services.length > 0);
}

export const isClaim = (key: string): boolean => key.startsWith('PersistentVolumeClaim/');
