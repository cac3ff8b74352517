import { describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '@ushadow/testing';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = repositoryRoot();
const program = join(root, 'apps/cli/bin/ushadow.js');
const example = join(root, 'examples/shop/compose.yaml');

/** The Node of the tests, and each other that this machine has, by version. */
function nodesHere(): ReadonlyMap<string, string> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  const found = [process.execPath, ...onPath.filter(existsSync)];
  return new Map(found.map((node) => [execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(), node]));
}

function isPromised(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  const { engines } = JSON.parse(readFileSync(join(root, 'apps/cli/package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [oldestMajor = 0, oldestMinor = 0] = engines.node.replace('>=', '').split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

describe('the command line under every Node that it promises to run under and that is here', () => {
  const promised = [...nodesHere()].filter(([version]) => isPromised(version));
  const compiled = (node: string): string =>
    execFileSync(node, [program, 'compile', '-f', example], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

  it.each(promised)('%s compiles to the same bytes', (_version, node) => {
    const manifests = compiled(node);
    expect(manifests).toContain('kind: Deployment');
    expect(manifests).toBe(compiled(process.execPath));
  });
});
