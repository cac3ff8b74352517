/**
 * Programs that the images of templates are played by on a node without a registry: databases by ours of their kind, whatever
 * answers HTTP by one small server, under each of its names.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By databases as `npm run e2e:node` loads them. */
export const PLAYED_DATABASES = [
  'postgres:16-alpine=postgres',
  'postgres:17-alpine=postgres',
  'postgres:17.4=postgres',
  'postgres:18-alpine=postgres',
  'postgis/postgis:16-3.4-alpine=postgres',
  'redis:7-alpine=redis',
  'redis:8-alpine=redis',
  'redis:alpine=redis',
];

const PLAYED_APPS = [
  'apache/answer:1.4.1',
  'clickhouse/clickhouse-server:25.4.2',
  'dbeaver/cloudbeaver:24',
  'directus/directus:11',
  'evoapicloud/evolution-api:v2.3.7',
  'ghcr.io/bluesky-social/pds:0.4.182',
  'ghcr.io/drakkan/sftpgo:v2.7-alpine',
  'ghcr.io/paperless-ngx/paperless-ngx:2.20.15',
  'ghcr.io/rybbit-io/rybbit-backend:v2.2.3',
  'ghcr.io/rybbit-io/rybbit-client:v2.2.3',
  'ghcr.io/twin/gatus:v5.36.0',
  'gotify/server:2.9.1',
  'mauriceboe/trek:3.3.0',
  'n8nio/n8n:2.10.2',
  'n8nio/runners:2.10.2',
];

/** All on which one of them is asked. */
const PORTS = [80, 3000, 3001, 3002, 5678, 5680, 8000, 8055, 8080, 8123, 8978, 9080];

/** Answers every request on all ports, whatever arguments it is given. */
const SERVER = `
import json, os, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"name": os.environ.get("HOSTNAME", ""), "path": self.path, "headers": dict(self.headers)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_HEAD = do_GET
    def log_message(self, *_): pass
servers = [ThreadingHTTPServer(("", port), Answer) for port in ${JSON.stringify(PORTS)}]
for server in servers[1:]: threading.Thread(target=server.serve_forever, daemon=True).start()
servers[0].serve_forever()
`;

function mustRun(program, args, cwd) {
  const { status } = spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}

/** For health checks by a program that the node's own image does not have. */
const WGET = '#!/bin/sh\nfor last; do :; done\nexec curl -fsS -o /dev/null "$last"\n';

/** Makes an image of the node's own one with Python, and gives it all the names. */
export function playApps(nodeFolder, python) {
  const folder = mkdtempSync(join(tmpdir(), 'ushadow-images-'));
  const ctr = ['-a', join(nodeFolder, 'node/c.sock'), '-n', 'k8s.io', 'images'];
  const blobOf = ({ digest }) => join(folder, 'blobs', ...digest.split(':'));
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  try {
    mustRun('ctr', [...ctr, 'export', join(folder, 'python.tar'), `docker.io/library/${python}`]);
    mustRun('tar', ['-xf', 'python.tar'], folder);
    const [described] = read(join(folder, 'index.json')).manifests;
    const { config, layers } = read(blobOf(described));
    const { config: runs, ...image } = read(blobOf(config));
    renameSync(blobOf(layers[0]), join(folder, 'layer.tar'));
    mkdirSync(join(folder, 'more/usr/local/bin'), { recursive: true });
    writeFileSync(join(folder, 'more/usr/local/bin/wget'), WGET, { mode: 0o755 });
    mustRun('tar', ['-cf', '../more.tar', '--owner=0', '--group=0', 'usr'], join(folder, 'more'));
    const more = createHash('sha256')
      .update(readFileSync(join(folder, 'more.tar')))
      .digest('hex');
    const rootfs = { ...image.rootfs, diff_ids: [...image.rootfs.diff_ids, `sha256:${more}`] };
    const app = { ...image, rootfs, config: { ...runs, Entrypoint: ['python3', '-c', SERVER], Cmd: [] } };
    writeFileSync(join(folder, 'app.json'), JSON.stringify(app));
    const manifest = [{ Config: 'app.json', RepoTags: PLAYED_APPS, Layers: ['layer.tar', 'more.tar'] }];
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    mustRun('tar', ['-cf', 'apps.tar', 'app.json', 'manifest.json', 'layer.tar', 'more.tar'], folder);
    mustRun('ctr', [...ctr, 'import', join(folder, 'apps.tar')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
