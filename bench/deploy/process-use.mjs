import { readFileSync } from 'node:fs';

/** Peak resident memory in MiB and processor time in seconds of a process and its children. Linux. */
export function processUse(pid) {
  const peak = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0;
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1).split(' ');
  const seconds = (Number(fields[11]) + Number(fields[12])) / 100;
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(processUse);
  return {
    peakMiB: Math.max(Number(peak) / 1024, ...children.map(({ peakMiB }) => peakMiB)),
    cpuSeconds: children.reduce((sum, child) => sum + child.cpuSeconds, seconds),
  };
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
