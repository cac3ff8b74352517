import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUNDLES, SINGLE_FILES } from './own-cases.ts';
import type { Bundle } from './own-cases.ts';
import type { Run } from './reference.ts';

const BARE = { HOME: '/home/someone', PATH: '/usr/bin:/bin', PWD: '/' };

function yamlFiles(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) return yamlFiles(path);
    return /\.ya?ml$/.test(name) ? [path] : [];
  });
}

/** Every variable a file refers to, set: shows what stands behind required variables. */
function variablesIn(files: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const file of files) {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)) {
      if (!(name in BARE) && !name.startsWith('COMPOSE_')) values[name] = '8';
    }
  }
  return values;
}

/** Files that are meant to be used together, relative to the fixtures. */
const TOGETHER: readonly (readonly string[])[] = [
  ['kompose/multiple-files/first.yaml', 'kompose/multiple-files/second.yaml'],
  [
    'compose-go/compose-go/cli/testdata/simple/compose.yaml',
    'compose-go/compose-go/cli/testdata/simple/compose-with-overrides.yaml',
  ],
  ['ushadow/docker-compose.yml', 'ushadow/compose/overrides/dev-webui.yml'],
  ['ushadow/docker-compose.yml', 'ushadow/compose/overrides/prod-webui.yml'],
  ['ushadow/compose/backend.yml', 'ushadow/compose/backend-with-tailscale.yml'],
  ['ushadow/compose/backend.yml', 'ushadow/compose/frontend.yml'],
  ['ushadow/compose/mycelia-compose.yml', 'ushadow/compose/overrides/mycelia-dev.yml'],
  ['realworld/projects/gitlab/docker-compose.yml', 'realworld/projects/gitlab/docker-compose.swarm.yml'],
];

/** A project whose other files are overrides of its main one, each tried alone on it and all together. */
const FAMILIES: readonly (readonly [main: string, directory: string])[] = [
  ['realworld/projects/frappe/compose.yaml', 'realworld/projects/frappe/overrides'],
  ['realworld/projects/jitsi/docker-compose.yml', 'realworld/projects/jitsi'],
  ['realworld/projects/otel-demo/compose.yaml', 'realworld/projects/otel-demo'],
  ['realworld/projects/local-ai-packaged/docker-compose.yml', 'realworld/projects/local-ai-packaged'],
  ['realworld/projects/zulip/compose.yaml', 'realworld/projects/zulip'],
  ['realworld/projects/dockprom/docker-compose.yml', 'realworld/projects/dockprom'],
  ['realworld/projects/netbox/docker-compose.yml', 'realworld/projects/netbox'],
];

export function allRuns(fixtures: string): readonly Run[] {
  const single = yamlFiles(fixtures).map((file) => [file]);
  const families = FAMILIES.flatMap(([main, directory]) => {
    const base = join(fixtures, main);
    const others = readdirSync(join(fixtures, directory))
      .filter((name) => /\.ya?ml$/.test(name) && join(fixtures, directory, name) !== base)
      .map((name) => join(fixtures, directory, name));
    return [...others.map((other) => [base, other]), [base, ...others]];
  });
  const together = TOGETHER.map((files) => files.map((file) => join(fixtures, file)));
  return [...single, ...families, ...together].flatMap((files) => variants(files, fixtures));
}

function variants(files: readonly string[], fixtures: string): readonly Run[] {
  const name = files.map((file) => file.slice(fixtures.length + 1)).join(' + ');
  const set = variablesIn(files);
  const hasProfiles = files.some((file) => readFileSync(file, 'utf8').includes('profiles:'));
  return [
    { name, files, environment: BARE },
    ...(hasProfiles ? [{ name: `${name} (all profiles)`, files, environment: BARE, profiles: ['*'] }] : []),
    ...(Object.keys(set).length > 0
      ? [{ name: `${name} (variables set)`, files, environment: { ...BARE, ...set }, profiles: ['*'] }]
      : []),
  ];
}

const OWN_VARIABLES = { ...BARE, SET: 'val', EMPTY: '', BOOL: 'yes', NUM: '5' };

/** Our own cases, written below a directory. */
export function ownRuns(directory: string): readonly Run[] {
  const single = SINGLE_FILES.map((text): Bundle => ({ files: { 'compose.yaml': text } }));
  return [...single, ...BUNDLES].map(({ files, use = ['compose.yaml'], profiles }, index) => {
    const folder = join(directory, `case${index}`);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return {
      name: JSON.stringify(files),
      files: use.map((file) => join(folder, file)),
      environment: OWN_VARIABLES,
      ...(profiles ? { profiles } : {}),
    };
  });
}
