import type { DocumentedCommand } from '../documented-commands.ts';
import type { Finding, Page } from '../page.ts';

/** `METHOD /path`, as in `GET /api/plans/{plan_id}`. */
export type Route = { readonly method: string; readonly path: string };

/** Requests, of curl or in the text, that OpenAPI does not have. */
export function unknownRoutes(
  pages: readonly Page[],
  commands: readonly DocumentedCommand[],
  routes: readonly Route[],
): readonly Finding[] {
  const named = pages.flatMap(({ path, codes }) =>
    codes.flatMap(({ text, line }) => {
      const route = /^(GET|POST|PUT|PATCH|DELETE) (\/api\/\S+)$/.exec(text);
      return route === null ? [] : [{ path, line, method: route[1] ?? '', url: route[2] ?? '' }];
    }),
  );
  const asked = commands.flatMap(({ path, line, program, args }) => {
    const url = program === 'curl' ? args.find((word) => /\/api\/|^\$\{?API\b/.test(word)) : undefined;
    return url === undefined ? [] : [{ path, line, method: methodOf(args), url }];
  });
  return [...named, ...asked]
    .filter((request) => !routes.some((route) => fits(request, route)))
    .map(({ path, line, method, url }) => ({ path, line, message: `OpenAPI has no ${method} ${pathOf(url)}` }));
}

function methodOf(args: readonly string[]): string {
  const at = args.findIndex((word) => word === '-X' || word === '--request');
  if (at >= 0) return args[at + 1] ?? '';
  return args.some((word) => word === '-d' || word.startsWith('--data')) ? 'POST' : 'GET';
}

/** From `/api` on, without the query. */
function pathOf(url: string): string {
  const path = url.replace(/^\$\{?API\}?/, '/api').replace(/^[a-z]+:\/\/[^/]+/, '');
  return path.split('?')[0] ?? '';
}

function fits({ method, url }: { method: string; url: string }, route: Route): boolean {
  const [asked, known] = [pathOf(url).split('/'), route.path.split('/')];
  if (method !== route.method || asked.length !== known.length) return false;
  return known.every((part, index) => part === asked[index] || (part.startsWith('{') && asked[index] !== ''));
}
