/** A scan of many Services through the running services: time, memory, requests, beside kubectl listing the same. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { operations } from '@ushadow/contracts';
import { parseKubeconfig } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { natsFor, startServices, testDatabase } from '@ushadow/testing';
import { median, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { openAsker } from './scan/ask-service.mjs';
import { emptyCluster, fillCluster } from './scan/fill-cluster.mjs';
import { kubectlList } from './scan/kubectl-list.mjs';
import { findProcess, processUse } from './scan/process-use.mjs';
import { settledRequests } from './scan/request-count.mjs';

export const needs = ['cluster', 'nats', 'postgres'];

const { values: options } = parseArgs({
  options: {
    services: { type: 'string', default: '2000' },
    namespaces: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '10' },
    /** Seconds to wait at most for a load below the number of cores. */
    calm: { type: 'string', default: '0' },
    'no-write': { type: 'boolean' },
  },
});
const kubeconfigFile = process.env.USHADOW_TEST_KUBECONFIG;
const kubeconfig = readFileSync(kubeconfigFile, 'utf8');
const parsed = parseKubeconfig(kubeconfig);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const transport = new KubernetesTransport(parsed.connection);
const prefix = `bench-${process.pid}`;
const names = await fillCluster(transport, prefix, Number(options.namespaces), Number(options.services));

const database = await testDatabase();
const { url: natsUrl } = await natsFor(import.meta.url);
const only = ['cluster-service', 'scanner-service'];
const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0' }, 'scanner-service': { LOG_LEVEL: 'warn' } };
const system = await startServices({ database, natsUrl, composeDirectory: '/x', only, env });
const asker = await openAsker(natsUrl);
const pid = findProcess(system.processes('scanner-service')[0].process.pid, 'scanner-service/dist/service.js');

/** Each round ours and then kubectl, so that what else the machine does meets both. */
async function measure(cluster_id) {
  const ours = [];
  const theirs = [];
  let found = 0;
  for (let turn = 0; turn < Number(options.rounds); turn += 1) {
    const before = processUse(pid).processorMs;
    const startedAt = performance.now();
    const { scans } = await asker.ask(operations.scanNamespaces, { cluster_id, namespaces: names });
    const wallMs = performance.now() - startedAt;
    theirs.push(kubectlList(kubeconfigFile));
    // Only now, so that what a scan leaves to be done after its answer is counted too.
    ours.push({ wallMs, processorMs: processUse(pid).processorMs - before });
    found = scans.flatMap((scan) => Object.values(scan.infra_services).filter((one) => one.found)).length;
  }
  return { ours, theirs, found };
}

/** Waits for others to be done, if asked to; gives the load at which it begins. */
async function calm() {
  for (const deadline = Date.now() + Number(options.calm) * 1_000; Date.now() < deadline;) {
    if (loadavg()[0] < cpus().length) break;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
  return round(loadavg()[0], 1);
}

const timesOf = (name, runs, extra) => {
  const wall = runs.map((run) => run.wallMs);
  const figures = [wall[0], median(wall), Math.max(...wall), median(runs.map((run) => run.processorMs))];
  return [name, ...figures.map((figure) => round(figure, 0)), ...extra];
};

try {
  const kubeconfigBase64 = Buffer.from(kubeconfig).toString('base64');
  const { cluster_id } = await asker.ask(operations.registerCluster, { name: 'bench', kubeconfig: kubeconfigBase64 });
  // What every scanner does sooner or later, so that idle is not measured before it is complete.
  await asker.ask(operations.listScans, {});
  const loadBefore = await calm();
  const idle = processUse(pid);
  const requestsBefore = await settledRequests();
  const { ours, theirs, found } = await measure(cluster_id);
  const requests = await settledRequests();
  const after = processUse(pid);
  const perScan = (verb) => round(((requests[verb] ?? 0) - (requestsBefore[verb] ?? 0)) / ours.length, 1);
  const others = Object.keys(requests).filter((verb) => verb !== 'list');
  const megabytes = (mebibytes) => round(mebibytes * 1.048576, 0);
  const ratio = (key) => round(median(ours.map((run) => run[key])) / median(theirs.map((run) => run[key])), 2);
  const lines = [
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadBefore} before and ${round(loadavg()[0], 1)} after, Node ${process.version}; ${ours.length} rounds, alternating.`,
    `Ours: one request over NATS for ${names.length} namespaces with ${options.services} Services, as many pods and EndpointSlices: sealed connection, paged lists of the whole cluster, recognition, one row kept per namespace, the answer. ${found} results found.`,
    'kubectl: `get services,pods,endpointslices,deployments,statefulsets,daemonsets -A -o json` to nowhere, process start included; it recognises and keeps nothing.',
    '',
    ...table(
      ['', 'first ms', 'median ms', 'worst ms', 'processor ms'],
      [
        timesOf('scan', ours, []),
        timesOf('kubectl', theirs, []),
        ['ratio', '', ratio('wallMs'), '', ratio('processorMs')],
      ],
    ),
    '',
    ...table(
      ['idle MB', 'peak MB', 'after MB', 'lists per scan', 'other requests per scan'],
      [
        [
          megabytes(idle.nowMiB),
          megabytes(after.peakMiB),
          megabytes(after.nowMiB),
          perScan('list'),
          round(
            others.reduce((sum, verb) => sum + perScan(verb), 0),
            1,
          ),
        ],
      ],
    ),
    '',
    'Memory: resident, of the scanner-service process (VmRSS, VmHWM), started as `npm start` does. Targets: 2000 ms, 150 MB.',
  ];
  console.log(lines.join('\n'));
  if (!options['no-write']) writeSection('scan', lines);
} finally {
  await asker.close();
  await system.stop();
  await database.drop();
  await emptyCluster(transport, names);
  await transport.close();
}
