/** How long what is typed takes to a command in a container and back: ours and kubectl, in turns. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { median, percentile, round } from '../compile/measure.mjs';
import { startPlayedStack } from './played-stack.mjs';

const ROUNDS = 500;
const WARM_UP = 50;
const OPENED = 10;

export async function exec() {
  const stack = await startPlayedStack(1);
  const { pods, service } = stack;
  const commands = {
    'ushadow exec': (command) => stack.ours('exec', '-T', service, ...command),
    'kubectl exec': (command) => stack.kubectl('exec', '-i', pods[0], '--', ...command),
  };
  const echoes = [];
  try {
    for (const command of Object.values(commands)) echoes.push(echoThrough(command(['cat'])));
    const taken = echoes.map(() => []);
    for (let turn = 0; turn < WARM_UP + ROUNDS; turn += 1) {
      for (const [index, echo] of echoes.entries()) {
        const ms = await echo.there(`turn ${turn}\n`);
        if (turn >= WARM_UP) taken[index].push(ms);
      }
    }
    const whole = [];
    for (const command of Object.values(commands)) whole.push(await wholeRuns(command(['true'])));
    const names = Object.keys(commands);
    const rows = names.map((name, index) => [
      ...[
        name,
        round(median(taken[index]), 2),
        round(percentile(taken[index], 0.95), 2),
        round(median(whole[index]), 0),
      ],
    ]);
    const ratio = (of) => `${round(of(0) / of(1), 2)} ×`;
    rows.push([
      'ours to kubectl’s',
      ratio((index) => median(taken[index])),
      ratio((index) => percentile(taken[index], 0.95)),
      ratio((index) => median(whole[index])),
    ]);
    return {
      about: `a line to \`cat\` in a container and back, ${ROUNDS} times each in turns, through the same API server and the same node; then the whole of \`true\`, ${OPENED} times. Wanted: the echo ≤ 1.3 ×.`,
      head: ['what', 'echo: median ms', '95th percentile ms', 'whole run of `true`, median ms'],
      rows,
    };
  } finally {
    for (const echo of echoes) echo.end();
    await stack.stop();
  }
}

function echoThrough({ program, args, env }) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`${program} ended with ${code}`);
  });
  ended.catch(() => undefined);
  return {
    there: async (text) => {
      const startedAt = performance.now();
      child.stdin.write(text);
      let answer = '';
      while (answer.length < text.length)
        answer += String((await Promise.race([once(child.stdout, 'data'), ended]))[0]);
      if (answer !== text) throw new Error(`${program} gave back ${JSON.stringify(answer)}`);
      return performance.now() - startedAt;
    },
    end: () => child.kill('SIGKILL'),
  };
}

async function wholeRuns({ program, args, env }) {
  const taken = [];
  for (let turn = 0; turn <= OPENED; turn += 1) {
    const startedAt = performance.now();
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${program} ended with ${code}`);
    if (turn > 0) taken.push(performance.now() - startedAt);
  }
  return taken;
}
