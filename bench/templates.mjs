/** The gallery: copies of real templates listed over HTTP, at first, while they are checked, and after that. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fixtures } from '@ushadow/compose/testing';
import { natsFor, repositoryRoot, startServices, testDatabase } from '@ushadow/testing';
import { percentile, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';

export const needs = ['nats', 'postgres'];

const COUNT = 500;
const LIST_MS_MAX = 200;
const folder = mkdtempSync(join(tmpdir(), 'bench-templates-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
copyTemplates();

const database = await testDatabase();
const { url: natsUrl } = await natsFor(import.meta.url);
const system = await startServices({
  ...{ database, natsUrl, composeDirectory: join(repositoryRoot(), 'examples') },
  only: ['compiler-service', 'gateway'],
  env: {
    'compiler-service': { TEMPLATES_DIR: folder, LOG_LEVEL: 'warn' },
    gateway: { LOG_LEVEL: 'warn', REQUESTS_PER_MINUTE_MAX: String(1e9) },
  },
});
const took = { checking: [], after: [], another: [] };
try {
  const started = performance.now();
  const first = await ask('/api/templates?limit=200');
  let seen = first;
  while (seen.answer.checked < COUNT) {
    seen = await ask('/api/templates?limit=200');
    took.checking.push(seen.ms);
    took.another.push((await ask('/api/projects')).ms);
    await delay(50);
  }
  const checkedAfter = (performance.now() - started) / 1_000;
  for (let run = 0; run < 30; run += 1) {
    took.after.push((await ask(`/api/templates?limit=200${run % 2 === 0 ? '&search=password%20self' : ''}`)).ms);
    // Beyond the time within which the folder is not looked at again.
    if (run % 5 === 0) await delay(2_100);
  }
  const listed = (name, all) => [name, all.length, round(percentile(all, 0.5)), round(percentile(all, 1))];
  const lines = table(
    ['', 'requests', 'median, ms', 'slowest, ms'],
    [
      listed('the first list', [first.ms]),
      listed('lists while templates are checked', took.checking),
      listed('lists of projects meanwhile', took.another),
      listed('lists and searches after that', took.after),
    ],
  );
  const facts = `${COUNT} templates, load ${round(loadavg()[0])} on ${cpus().length} cores; all checked ${round(checkedAfter)} s after the first list, of which ${first.answer.checked} were checked already. \`npm run bench -- templates --record\`.`;
  console.log([facts, '', ...lines].join('\n'));
  if (process.argv.includes('--record')) writeSection('templates', [facts, '', ...lines]);
  process.exitCode = percentile(took.after, 1) < LIST_MS_MAX ? 0 : 1;
} finally {
  await system.stop();
  await database.drop();
}

async function ask(path) {
  const before = performance.now();
  const answer = await fetch(`${system.gatewayUrl}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return { answer: await answer.json(), ms: performance.now() - before };
}

/** Under names of their own, as each repository has them. */
function copyTemplates() {
  const coolify = join(fixtures, 'templates/coolify');
  const dokploy = join(fixtures, 'templates/dokploy');
  const files = readdirSync(coolify).filter((file) => /\.ya?ml$/.test(file));
  const folders = readdirSync(dokploy);
  const all = [...files.map((file) => ({ file })), ...folders.map((name) => ({ name }))];
  for (let at = 0; at < COUNT; at += 1) {
    const { file, name } = all[at % all.length];
    const label = `${String(Math.floor(at / all.length))}-${file ?? name}`;
    if (file !== undefined) {
      copyFileSync(join(coolify, file), join(folder, label));
      continue;
    }
    mkdirSync(join(folder, label));
    copyFileSync(join(dokploy, name, 'template.toml'), join(folder, label, 'template.toml'));
    const compose = join(fixtures, 'realworld/dokploy', name, 'docker-compose.yml');
    copyFileSync(compose, join(folder, label, 'docker-compose.yml'));
  }
}
