import type { CommandResult } from '../check/command.ts';
import { checkPages } from './check-pages.ts';

/** The half of `npm run docs:check` that needs no server, as one of the checks. */
export async function checkDocs(root: string): Promise<CommandResult> {
  const findings = await checkPages(root);
  const lines = findings.map(({ path, line, message }) => `${path}:${String(line)}: ${message}`);
  return { ok: findings.length === 0, output: lines.join('\n') };
}
