import { readdirSync, readFileSync } from 'node:fs';

/** Peak resident memory in MiB of the Node process in a group; undefined where the system does not tell (not Linux). */
export function peakMemory(group: number): number | undefined {
  for (const pid of processIds()) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(fields[2]) !== group || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/service.js'))
        continue;
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      if (peak !== undefined && !stat.includes('(sh)')) return Number(peak) / 1024;
    } catch {
      // The process ended meanwhile.
    }
  }
  return undefined;
}

function processIds(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
