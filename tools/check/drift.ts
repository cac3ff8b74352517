import { command } from './command.ts';
import type { CommandResult } from './command.ts';

/** What the generators write and git keeps. */
const GENERATED = ['docs/reference', 'deploy/*.conf', '**/openapi.json', '**/.env.example'];

/** Runs the generators and fails when a file in git differs from what they write, or was never added. */
export async function checkDrift(root: string): Promise<CommandResult> {
  const generated = await command(root, process.execPath, ['--conditions=@ushadow/source', 'tools/generate.mjs']);
  if (!generated.ok) return generated;
  const paths = GENERATED.map((path) => `:(glob)${path}${path.includes('*') ? '' : '/**'}`);
  const { output } = await command(root, 'git', ['status', '--porcelain', '--', ...paths]);
  if (output.trim() === '') return { ok: true, output: '' };
  return { ok: false, output: `run \`npm run generate\` and commit what it changed:\n${output}` };
}
