import { readdirSync, readFileSync } from 'node:fs';

/** Peak resident memory, in MiB, of the process whose command line ends with the text. Linux. */
export function peakMemory(entry) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (!args.at(-2)?.endsWith(entry) || !args[0]?.includes('node')) continue;
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      if (peak !== undefined) return Number(peak) / 1024;
    } catch {
      // The process ended meanwhile.
    }
  }
  return undefined;
}
