// @ts-check
/** `npm run audit -- export|verify|trim`: the audit as files, which verify without the database. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runAudit } = await import('./audit/run-audit.ts');
  process.exitCode = await runAudit(process.argv.slice(2), process.env, (line) => console.log(line));
}
