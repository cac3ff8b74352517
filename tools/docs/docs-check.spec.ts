import { describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '@ushadow/testing';
import { unknownCliUse, unknownOptions } from './checks/cli.ts';
import { deadLinks } from './checks/links.ts';
import { unknownScripts } from './checks/npm-scripts.ts';
import { unknownRoutes } from './checks/routes.ts';
import { unknownSettings } from './checks/settings.ts';
import { documentedCommands } from './documented-commands.ts';
import { optionsIn } from './facts/cli-usage.ts';
import { pageScript } from './page-script.ts';
import { parsePage, type Finding } from './page.ts';
import { shellCommands } from './shell-commands.ts';

const page = (text: string) => parsePage('README.md', text);
const sh = (text: string, before = '') => page(`${before}\n\n\`\`\`sh\n${text}\n\`\`\`\n`);
const reported = (findings: readonly Finding[]) => findings.map(({ line, message }) => `${String(line)}: ${message}`);

describe('the check of the documentation', () => {
  it('finds links to files and to headings that are not there, and asks no other host', () => {
    const text =
      '# A `b` C!\n\n[ok](ARCHITECTURE.md) [ok](#a-b-c) [ok](https://example.invalid/)\n\n[x](gone.md)\n[y](#d)';
    expect(reported(deadLinks([page(text)], repositoryRoot()))).toEqual([
      '5: the link gone.md leads to no file',
      '6: README.md has no heading for the link #d',
    ]);
  });

  it('finds scripts that package.json does not have', () => {
    const commands = documentedCommands(page('`npm run check`, `npm test`\n\n`npm run chek -- x`'));
    expect(reported(unknownScripts(commands, new Set(['check', 'test'])))).toEqual([
      '3: package.json has no script chek',
    ]);
  });

  it('finds commands and options that the usage of ushadow does not have', () => {
    const usage = new Map([['deploy', new Set(optionsIn('-c, --cluster NAME\n --wait'))]]);
    const blocks = sh(
      'API_TOKEN=x ushadow deploy shop:web --wait # --nothing\n\n  bin/ushadow deploy -c x --wiat\nushadow dploy',
    );
    const text = page('`ushadow deploy --all`, `kubectl -n ushadow get`, `ushadow COMMAND --help`');
    const commands = [blocks, text].flatMap(documentedCommands);
    expect(reported(unknownCliUse(commands, usage))).toEqual([
      '6: ushadow deploy has no option --wiat',
      '7: ushadow has no command dploy',
      '1: ushadow deploy has no option --all',
    ]);
    const alone = page('`--wait` and `--cluster NAME`, not `--watch`');
    expect(reported(unknownOptions([alone], usage))).toEqual(['1: no command of ushadow has an option --watch']);
  });

  it('finds settings that nothing reads, in tables of settings and lists of them', () => {
    const table =
      '| setting | meaning |\n| - | - |\n| `PORT`, `PROT` | x |\n\n| code | x |\n| - | - |\n| `NO_CODE` | x |';
    const found = unknownSettings([page(`${table}\n\nSettings: \`PORT\`, \`HOTS\`.`)], new Set(['PORT']));
    expect(reported(found)).toEqual(['3: nothing reads a setting PROT', '9: nothing reads a setting HOTS']);
  });

  it('finds requests that OpenAPI does not have, by path and method', () => {
    const routes = [
      { method: 'GET', path: '/api/plans/{plan_id}' },
      { method: 'POST', path: '/api/plans' },
    ];
    const blocks = sh(
      'P=$(curl -sS $API/plans -d "{\\"a\\": \\"$(base64 < x)\\"}" | jq -r .id)\ncurl $API/plans/$P?a=b\ncurl -X PUT "http://h:1/api/plans/$P"',
    );
    const text = page('`GET /api/plans/{id}?x=…` and `DELETE /api/plans`');
    const found = unknownRoutes([blocks, text], documentedCommands(blocks), routes);
    expect(reported(found)).toEqual(['1: OpenAPI has no DELETE /api/plans', '6: OpenAPI has no PUT /api/plans/$P']);
  });

  it('reads a shell text as a shell does', () => {
    const text = 'A=1 one \'a | b\' "c $(two "d e" | three)" \\\n  f # | no\nfour; five && (six)';
    expect(shellCommands(text).map(({ words, line }) => [line, ...words])).toEqual([
      [0, 'two', 'd e'],
      [0, 'three'],
      [0, 'A=1', 'one', 'a | b', 'c $()', 'f'],
      [2, 'four'],
      [2, 'five'],
      [2, 'six'],
    ]);
  });

  it('executes every block of shell but those with a comment that says why not', () => {
    const script = pageScript(
      sh(
        'echo run',
        '```sh\necho first\n```\n\n<!-- docs:check skip: starts the product -->\n\n```sh\nnpm start\n```\n\n```ts\nlet a;\n```',
      ),
    );
    expect(script).toContain('echo first');
    expect(script).toContain('echo run');
    expect(script).not.toMatch(/npm start|let a/);
  });
});
