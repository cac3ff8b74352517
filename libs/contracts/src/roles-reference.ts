import { roles, type Access, type Role } from './access.ts';
import { eventStreams } from './http/event-streams.ts';
import { allByteStreams, httpOperations } from './registry.ts';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
}

const meanings: Readonly<Record<Role, string>> = {
  viewer: 'sees what there is and what was done; no logs and no values of Secrets',
  operator: 'reads logs, restarts, and reaches into what runs where the policy of the cluster allows it',
  deployer: 'plans, deploys, changes and removes',
  'cluster-admin': 'registers clusters, replaces their credentials, and sets what is allowed there',
  owner: 'says who may do what, and changes what holds for the whole installation',
};

/** Who may call what, as a page for people. */
export function rolesReference(): string {
  const routes = allRoutes();
  return [
    '# Roles',
    'Made from the contracts by `npm run generate`. Each role may what those above it in this list may. A role is held for the installation, or for what a grant names of clusters, namespaces and projects.',
    roles.map((role) => `- **${role}** ${meanings[role]}`).join('\n'),
    ...roles.map((role) =>
      section(
        role,
        routes.filter(({ access }) => access.role === role),
      ),
    ),
    section(
      'Whoever is signed in',
      routes.filter(({ access }) => access.role === 'self'),
    ),
    section(
      'Whoever has the token',
      routes.filter(({ access }) => access.role === 'token'),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function section(title: string, routes: readonly Route[]): string {
  if (routes.length === 0) return '';
  const head = [`## ${title}`, '', '| for | route | what |', '| --- | --- | --- |'];
  const rows = routes.map(
    ({ method, path, summary, access }) =>
      `| ${access.scope} | \`${method} ${path}\` | ${summary.replaceAll('|', '\\|')} |`,
  );
  return [...head, ...rows].join('\n');
}

function allRoutes(): readonly Route[] {
  const streams = [...Object.values(eventStreams), ...Object.values(allByteStreams)];
  return [
    ...Object.values(httpOperations).map(({ http, summary, access }) => ({ ...http, summary, access })),
    ...streams.map(({ path, summary, access }) => ({ method: 'GET', path, summary, access })),
  ].sort((a, b) => (a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1));
}
