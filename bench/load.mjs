/** Loads Compose projects with ours (one process, warm) and with `docker-compose config` (a process each), same files. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProject } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';

export const needs = [];

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = process.env.USHADOW_FIXTURES ?? join(root, '../shared/fixtures');
const port = new DiskFilePort();
const environment = { HOME: '/home/someone', PATH: process.env.PATH ?? '', TAG: '1' };

function findReference() {
  const folders = [process.env.USHADOW_TOOLS_BIN, ...(process.env.PATH ?? '').split(':')];
  const paths = [
    process.env.DOCKER_COMPOSE_BIN,
    ...folders.filter(Boolean).map((folder) => join(folder, 'docker-compose')),
  ];
  return paths.find((path) => path && existsSync(path));
}

function service(index) {
  return `  service-${index}:
    image: "registry.example.com/team/service-${index}:\${TAG:-latest}"
    command: ["serve", "--port", "8080"]
    restart: unless-stopped
    environment:
      LOG_LEVEL: \${LOG_LEVEL:-info}
      DATABASE_URL: postgres://app:\${DB_PASSWORD:-secret}@service-${Math.max(0, index - 1)}:5432/app
      INDEX: ${index}
    ports: ["${10_000 + index}:8080", "${30_000 + index}:9090/udp"]
    volumes: ["data-${index}:/data", "./config:/etc/app:ro"]
    ${index > 0 ? `depends_on: [service-${index - 1}]` : 'init: true'}
    healthcheck: {test: curl -f http://localhost:8080, interval: 30s, retries: 3}
    deploy: {resources: {limits: {cpus: "0.5", memory: 256M}}}
    labels: {team: a, tier: "${index % 3}"}
`;
}

function project(size) {
  const indexes = Array.from({ length: size }, (_, index) => index);
  const volumes = indexes.map((index) => `  data-${index}:`);
  return `name: bench\nservices:\n${indexes.map(service).join('')}volumes:\n${volumes.join('\n')}\n`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function timed(times, action) {
  return median(
    Array.from({ length: times }, () => {
      const start = performance.now();
      action();
      return performance.now() - start;
    }),
  );
}

function ours(files) {
  return loadProject({ files, port, environment });
}

function theirs(binary, files) {
  const args = [...files.flatMap((file) => ['-f', file]), 'config', '--format', 'json'];
  try {
    execFileSync(binary, args, { env: environment, stdio: ['ignore', 'ignore', 'ignore'], maxBuffer: 2 ** 28 });
  } catch {
    // Files of the corpus that are refused cost time as well.
  }
}

function composeFiles(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return composeFiles(path);
    return /\.ya?ml$/.test(name) && /^(services|include):/m.test(readFileSync(path, 'utf8')) ? [path] : [];
  });
}

function row(name, mine, reference) {
  const ratio = reference === undefined ? '' : `${(reference / mine).toFixed(1)}x`;
  const shown = reference === undefined ? 'not there' : `${reference.toFixed(0)} ms`;
  return `| ${name} | ${mine.toFixed(1)} ms | ${shown} | ${ratio} |`;
}

/** Sizes may be given as arguments; then the corpus is left out. */
const given = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const sizes = given.length > 0 ? given : [50, 200, 1_000];

const scratch = mkdtempSync(join(tmpdir(), 'load-bench-'));
const binary = findReference();
const rows = [];
try {
  for (const size of sizes) {
    const file = join(scratch, `${size}.yaml`);
    writeFileSync(file, project(size));
    const result = ours([file]);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics.slice(0, 3)));
    timed(Math.ceil(600 / size), () => ours([file]));
    const mine = timed(size >= 1_000 ? 5 : 21, () => ours([file]));
    rows.push(row(`${size} services`, mine, binary && timed(3, () => theirs(binary, [file]))));
  }
  if (given.length === 0 && existsSync(fixtures)) {
    const corpus = composeFiles(fixtures);
    const mine = timed(1, () => corpus.forEach((file) => ours([file])));
    rows.push(
      row(
        `corpus, ${corpus.length} files`,
        mine,
        binary && timed(1, () => corpus.forEach((file) => theirs(binary, [file]))),
      ),
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const section = `## load

\`npm run bench -- load\`: the loader in one warm process, and \`docker-compose config --format json\` started once per
project, on the same files in the same run. Medians. ${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}, load average ${loadavg()[0]?.toFixed(1)}.

| Project | Ours | docker-compose | Ratio |
|---|---|---|---|
${rows.join('\n')}
`;
console.log(section);

const results = join(root, 'bench/RESULTS.md');
const before = existsSync(results) ? readFileSync(results, 'utf8') : '# Measurements\n';
const others = before.split(/^(?=## )/m).filter((part) => !part.startsWith('## load\n'));
writeFileSync(results, `${[...others.map((part) => part.trimEnd()), section.trimEnd()].join('\n\n')}\n`);
