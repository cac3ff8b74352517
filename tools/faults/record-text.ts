import { cpus, totalmem } from 'node:os';
import type { FaultOptions } from './options.ts';
import { resultTable, violationLines, type ScheduleResult } from './result-table.ts';

const GIB = 2 ** 30;

/** The page that keeps the last result. */
export function recordText(
  { seeds, rows }: FaultOptions,
  results: readonly ScheduleResult[],
  { commit, minutes, atOnce }: { readonly commit: string; readonly minutes: number; readonly atOnce: number },
): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / GIB)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
  const violations = violationLines(results);
  const title = rows.length === 0 ? 'Last full run' : `Last run of row ${rows.join(', ')}`;
  return `# ${title} of the fault schedules

Written by \`npm run test:faults -- --record\`; what the rows mean and what is checked: [README](README.md).

- Date: ${new Date().toISOString().slice(0, 10)}
- Commit: ${commit}
- Seeds: ${seeds.join(', ')}
- Rows: ${rows.length === 0 ? 'all' : rows.join(', ')}
- Machine: ${machine}
- Time: ${Math.round(minutes)} min, ${atOnce} schedules at once

${resultTable(results)}

${violations.length === 0 ? 'No violation.' : violations.join('\n')}
`;
}
