import type { Page } from './page.ts';

/**
 * One bash script of all blocks of a page that are not marked. They share their variables, as the shell of a reader does.
 * Stricter than that shell: a request that is refused and a value that is missing end it.
 */
export function pageScript(page: Page): string {
  const blocks = page.blocks.filter(({ language, skip }) => language === 'sh' && skip === undefined);
  const parts = blocks.map(
    ({ text, line }) => `cd "$DOCS_FOLDER"\nprintf '\\n%s\\n' '${BLOCK} ${page.path}:${String(line)}'\n${text}\n`,
  );
  return [STRICT, ...parts].join('\n');
}

/** Begins the line in the output that tells where the script is. */
export const BLOCK = '#### block';

const STRICT = `
set -euo pipefail
curl() { command curl --fail-with-body --max-time 100 "$@"; }
jq() { command jq --exit-status "$@"; }
`;
