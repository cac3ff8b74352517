import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyingConverter, precompile } from '../../libs/compiler/test/harness/precompile.ts';
import { runScorer } from '../../libs/compiler/test/harness/run-scorer.ts';
import { table } from './results-section.mjs';

/** The semantic score of both converters over the same files in the same run; truth is docker-compose. */
export async function scoreTable(files, folder, komposeCommand) {
  const kubeconfig = process.env.USHADOW_TEST_KUBECONFIG;
  const score = async (name, converter) => {
    const at = join(folder, `score-${name}`);
    mkdirSync(at);
    return runScorer(files, converter(at), at, kubeconfig);
  };
  const ours = await score('ours', (at) => (precompile(files, at), copyingConverter(at)));
  const theirs = await score('kompose', () => komposeCommand('{file}', '{out}').join(' '));
  const cell = (share) => (share ? `${share.ok} / ${share.n} (${share.percent} %)` : '');
  const rows = Object.keys(ours.totals).map((fact) => [fact, cell(ours.totals[fact]), cell(theirs.totals[fact])]);
  const where = kubeconfig
    ? 'accepted: by a real API server, strict server-side dry run'
    : 'no cluster: acceptance not measured';
  return [
    `Facts that hold, ${files.length} real Compose files, truth = docker-compose config (${where}):`,
    '',
    ...table(['fact', 'ours', 'kompose'], rows),
  ];
}
