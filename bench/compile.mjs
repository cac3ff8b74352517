/** Compiler against kompose: the same files in one run; generated projects of 50, 200 and 1,000 services; the score table. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeFixtures } from '../libs/compiler/test/harness/fixture-files.ts';
import { hasProgram, programPath } from '../libs/compiler/test/harness/run-scorer.ts';
import { generateProject } from './compile/generate-project.mjs';
import { compileRounds, measureFresh } from './compile/in-process.mjs';
import { median, percentile, round, timeCommands } from './compile/measure.mjs';
import { cliCommand } from './compile/our-cli.mjs';
import { runningFacts } from './compile/running-facts.mjs';
import { scoreTable } from './compile/score-table.mjs';
import { table, writeSection } from './compile/results-section.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    cold: { type: 'string', default: '15' },
    'no-score': { type: 'boolean' },
    'no-write': { type: 'boolean' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'bench-compile-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const kompose = hasProgram('kompose');
const files = composeFixtures().map(({ path }) => path);
const lines = [];
const say = (line) => {
  lines.push(line);
  console.log(line);
};

const komposeCommand = (file, out) => ['kompose', 'convert', '-f', file, '-o', out, '--with-kompose-annotation=false'];
const generated = [50, 200, 1000].map((services) => {
  const file = join(folder, `compose-${services}.yaml`);
  writeFileSync(file, generateProject(services));
  return { services, file };
});

say(
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0])}, Node ${process.version}. ${kompose ? '' : 'kompose is not on PATH: its columns are empty.'}`,
);

const both = ({ ms, cpuMs }) => `${round(ms)} ms (${round(cpuMs)} ms of processor time)`;
if (files.length) {
  const { perFile, first, warm } = compileRounds(files, Number(options.rounds));
  const ofFiles = (q) => both({ ms: percentile(perFile.ms, q), cpuMs: percentile(perFile.cpuMs, q) });
  say('');
  say(
    `In one process, ${files.length} real Compose files, text to YAML: first pass ${both(first)} in all, warm ${both(warm)} in all; per file median ${ofFiles(0.5)}, 95th percentile ${ofFiles(0.95)}.`,
  );
} else say('The fixtures folder is not there: real files are left out.');

const ours = cliCommand();
const sample = files.find((file) => file.includes('langfuse')) ?? generated[0].file;
const out = (name) => join(folder, name);
const cold = await timeCommands(
  { ours: ours.command(sample, out('ours')), ...(kompose && { kompose: komposeCommand(sample, out('kompose')) }) },
  { runs: Number(options.cold), cwd: dirname(sample), path: programPath(), outputs: [out('ours'), out('kompose')] },
);
say('');
say(
  `Cold start, one 6-service file, a process each, alternating, ${options.cold} runs: ours (${ours.what}) median ${round(median(cold.ours))} ms` +
    (kompose
      ? `, kompose ${round(median(cold.kompose))} ms: ${round(median(cold.ours) / median(cold.kompose), 2)} ×.`
      : '.'),
);

say('');
const rows = [];
for (const { services, file } of generated) {
  const fresh = measureFresh(file);
  const once = kompose
    ? await timeCommands(
        { kompose: komposeCommand(file, out('k')) },
        { runs: 1, warmUp: false, cwd: folder, path: programPath(), outputs: [out('k')] },
      )
    : undefined;
  rows.push([
    services,
    round(fresh.coldMs),
    round(fresh.warmMs),
    round(fresh.warmCpuMs),
    round(fresh.warmCpuMs / services, 3),
    fresh.objects,
    `${round(fresh.heapMiB)} MiB`,
    `${round(fresh.rssMiB)} MiB`,
    once ? round(median(once.kompose)) : '',
  ]);
}
for (const line of table(
  [
    'services',
    'first, ms',
    'warm, ms',
    'warm, processor ms',
    'per service',
    'objects',
    'heap used',
    'peak RSS',
    'kompose process, ms',
  ],
  rows,
))
  say(line);

if (!options['no-score'] && files.length && kompose && hasProgram('docker-compose')) {
  say('');
  for (const line of await scoreTable(files, folder, komposeCommand)) say(line);
  say('');
  for (const line of runningFacts(files, folder, komposeCommand)) say(line);
}
if (!options['no-write']) writeSection('compile', lines);
