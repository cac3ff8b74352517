import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** The service's own process: the one in the group that its starter leads. Linux. */
export function findProcess(group, entry) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (args.at(-2)?.endsWith(entry) && !args[0]?.endsWith('sh') && fields(pid)[2] === String(group)) return pid;
    } catch {
      // The process ended meanwhile.
    }
  }
  throw new Error(`no process ${entry} in group ${group}`);
}

/** Resident memory now and at its peak, in MiB, and processor time so far, in ms. */
export function processUse(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  const [user, system] = fields(pid).slice(11, 13).map(Number);
  return { nowMiB: mebibytes('VmRSS'), peakMiB: mebibytes('VmHWM'), processorMs: (user + system) * TICK_MS };
}

/** Of `/proc/PID/stat`, from the state on. */
function fields(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
