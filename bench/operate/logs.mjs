/** Following many pods that write all the time: ours and kubectl, of the same pods at the same time. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { median, percentile, round } from '../compile/measure.mjs';
import { processUse } from '../deploy/process-use.mjs';
import { startPlayedStack } from './played-stack.mjs';

const PODS = 50;
const LINES_PER_SECOND = 2_000;
const WARM_UP_SECONDS = 5;
const SECONDS = 30;
const TICK_MS = 5;
const LAST_LINES_MS = 20_000;
/** What else a line of a real service says. */
const PADDING = 'GET /api/items?page=2 200 12ms "Mozilla/5.0 (X11; Linux x86_64)"';

export async function logs() {
  const stack = await startPlayedStack(PODS);
  const { system, kubelet, pods, service } = stack;
  const followers = [];
  try {
    const selected = `app.kubernetes.io/name=${service}`;
    const servers = ['gateway', 'operations-service'].map((name) => system.processes(name)[0].process.pid);
    followers.push(
      follow('ushadow logs -f', stack.ours('logs', '-f', '--no-color'), servers),
      follow(
        'kubectl logs -f',
        stack.kubectl('logs', '-f', '-l', selected, `--max-log-requests=${PODS}`, '--prefix'),
        [],
      ),
    );
    // Each pod is followed by both.
    while (kubelet.followers < 2 * PODS) await delay(100);
    const writer = new Writer(kubelet, pods, service);
    await writer.write(WARM_UP_SECONDS);
    const from = writer.written;
    for (const each of followers) each.begin(from);
    await writer.write(SECONDS);
    for (const each of followers) each.used();
    await Promise.race([Promise.all(followers.map((each) => each.until(writer.written))), delay(LAST_LINES_MS)]);
    const lines = writer.written - from;
    const results = followers.map((each) => each.result(lines));
    return {
      about: `${PODS} pods, ${LINES_PER_SECOND} lines/s in all for ${SECONDS} s after ${WARM_UP_SECONDS} s that are not counted; both follow the same pods through the same API server at the same time, from what a pod writes to the output of the program. Processor time: of the program, and of gateway and operations-service. Wanted: delay ≤ 1.2 ×, processor time ≤ 1.5 ×, nothing lost or doubled, no growth.`,
      head: [
        'what',
        'lines lost',
        'doubled',
        'median ms',
        '95th percentile ms',
        'processor s',
        'memory MiB before',
        'after',
      ],
      rows: [...results.map(({ row }) => row), ratios(results)],
    };
  } finally {
    for (const each of followers) each.end();
    await stack.stop();
  }
}

/** Writes as many lines as the time that has gone says, in turns. */
class Writer {
  written = 0;

  constructor(kubelet, pods, container) {
    Object.assign(this, { kubelet, pods, container });
  }

  async write(seconds) {
    const startedAt = performance.now();
    const first = this.written;
    const last = first + seconds * LINES_PER_SECOND;
    while (this.written < last) {
      const due = Math.min(last, first + ((performance.now() - startedAt) / 1_000) * LINES_PER_SECOND);
      for (; this.written < due; this.written += 1) {
        const now = performance.timeOrigin + performance.now();
        const pod = this.pods[this.written % this.pods.length];
        this.kubelet.writeNow(pod, this.container, `line ${this.written} at ${now.toFixed(3)} ${PADDING}`);
      }
      await delay(TICK_MS);
    }
  }
}

function follow(name, { program, args, env }, servers) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const seen = new Set();
  const delays = [];
  let [rest, from, doubled, newest] = ['', Infinity, 0, -1];
  let before;
  let after;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const now = performance.timeOrigin + performance.now();
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const [, number, at] = /line (\d+) at (\d+\.\d+)/.exec(line) ?? [];
      const index = Number(number);
      if (number === undefined || index < from) continue;
      if (seen.has(index)) doubled += 1;
      seen.add(index);
      delays.push(now - Number(at));
      newest = Math.max(newest, index);
    }
  });
  const use = () => {
    const pids = [child.pid, ...servers];
    return {
      cpuSeconds: pids.reduce((sum, pid) => sum + processUse(pid).cpuSeconds, 0),
      memoryMiB: pids.reduce((sum, pid) => sum + memoryOf(pid), 0),
    };
  };
  return {
    begin: (first) => {
      from = first;
      before = use();
    },
    used: () => (after = use()),
    until: async (written) => {
      while (newest < written - 1) await delay(50);
    },
    result: (lines) => {
      const cpu = after.cpuSeconds - before.cpuSeconds;
      const [middle, late] = [median(delays), percentile(delays, 0.95)];
      const memory = [round(before.memoryMiB), round(after.memoryMiB)];
      return {
        middle,
        late,
        cpu,
        row: [name, lines - seen.size, doubled, round(middle), round(late), round(cpu, 2), ...memory],
      };
    },
    end: () => child.kill('SIGKILL'),
  };
}

function ratios([ours, theirs]) {
  const of = (key) => `${round(ours[key] / theirs[key], 2)} ×`;
  return ['ours to kubectl’s', '', '', of('middle'), of('late'), of('cpu'), '', ''];
}

/** Resident memory of a process and its children. Linux. */
function memoryOf(pid) {
  const read = (file) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return ''; // it has ended
    }
  };
  const own = Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + memoryOf(child), own);
}
