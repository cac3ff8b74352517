import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unknownCliUse, unknownOptions } from './checks/cli.ts';
import { deadLinks } from './checks/links.ts';
import { unknownScripts } from './checks/npm-scripts.ts';
import { unknownRoutes, type Route } from './checks/routes.ts';
import { unknownSettings } from './checks/settings.ts';
import { documentedCommands } from './documented-commands.ts';
import { readCliUsage } from './facts/cli-usage.ts';
import { readKnownSettings } from './facts/known-settings.ts';
import type { Finding } from './page.ts';
import { readPages } from './read-pages.ts';

/** Pages that tell of a day: what they name was there then. Their links must lead somewhere all the same. */
const OF_A_DAY = /^(docs\/adr\/|bench\/RESULTS\.md$)/;

/** Pages whose options are those of `ushadow` where they stand alone. */
const OF_THE_SHELL = /^(README\.md$|apps\/cli\/|docs\/runbook\/)/;

/** What the pages say that is not so, as far as it can be told without running anything. */
export async function checkPages(root: string): Promise<readonly Finding[]> {
  const pages = await readPages(root);
  const current = pages.filter(({ path }) => !OF_A_DAY.test(path));
  const commands = current.flatMap(documentedCommands);
  const [usage, settings, scripts, routes] = await Promise.all([
    readCliUsage(),
    readKnownSettings(root),
    readScripts(root),
    readRoutes(root),
  ]);
  return [
    ...deadLinks(pages, root),
    ...unknownScripts(commands, scripts),
    ...unknownCliUse(commands, usage),
    ...unknownOptions(
      current.filter(({ path }) => OF_THE_SHELL.test(path)),
      usage,
    ),
    ...unknownSettings(current, settings),
    ...unknownRoutes(current, commands, routes),
  ];
}

async function readScripts(root: string): Promise<ReadonlySet<string>> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
  return new Set(Object.keys(scripts));
}

/** From the reference, which the check of generated files holds to the contracts. */
async function readRoutes(root: string): Promise<readonly Route[]> {
  const text = await readFile(join(root, 'docs/reference/openapi.json'), 'utf8');
  const { paths } = JSON.parse(text) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
}
