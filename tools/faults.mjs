// @ts-check
/** `npm run test:faults [-- --seed N[,N…] --row R[,R…] --record]`: the schedules of faults, with a table at the end. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runFaults } = await import('./faults/run-faults.ts');
  process.exitCode = await runFaults(process.argv.slice(2));
}
