/** What decides over time and on real machines, of both converters over the same files: claims, outward ports, routes, rollouts, names. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { compileFile } from '../../libs/compiler/test/harness/compile-file.ts';
import { programPath } from '../../libs/compiler/test/harness/run-scorer.ts';
import { table } from './results-section.mjs';

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod']);
const FACTS = ['claimStableUnderSelection', 'outwardPorts', 'route', 'noSecondCopy', 'ownNameBeforeReadiness'];

/** Files that docker-compose refuses, and services that a converter gives no workload, count for neither. */
export function runningFacts(files, folder, komposeCommand) {
  const at = join(folder, 'running');
  mkdirSync(at);
  const totals = { ours: emptyTotals(), kompose: emptyTotals() };
  for (const file of files) {
    const project = composeConfig(file);
    if (project === undefined) continue;
    const ours = {
      whole: (override) => compiled([file, ...override]),
      alone: (service) => compiled([file], [service]),
    };
    const kompose = {
      whole: (override) => converted([file, ...override], at, komposeCommand),
      alone: (service) => converted([reduced(project, service, at)], at, komposeCommand),
    };
    for (const [name, converter] of Object.entries({ ours, kompose })) judge(project, converter, at, totals[name]);
  }
  rmSync(at, { recursive: true });
  const cell = ({ ok, n }) => `${ok} / ${n} (${n === 0 ? 100 : Math.round((ok / n) * 1000) / 10} %)`;
  return [
    'Facts of what runs, the same files, truth = docker-compose config. A volume has one claim, whether its service is converted with the others or alone; a load balancer (`kompose.service.type`) opens what is published beyond loopback and nothing else; a route (`kompose.service.expose`) leads to the first published TCP port; no second copy is started beside a pod with a volume, a device, or ports of its node; a service with a health check finds itself by its name before it is ready.',
    '',
    ...table(
      ['fact', 'ours', 'kompose'],
      FACTS.map((fact) => [fact, cell(totals.ours[fact]), cell(totals.kompose[fact])]),
    ),
  ];
}

const emptyTotals = () => Object.fromEntries(FACTS.map((fact) => [fact, { ok: 0, n: 0 }]));

function judge(project, converter, at, totals) {
  const plain = converter.whole([]);
  if (plain === undefined) return;
  const count = (fact, holds) => {
    totals[fact].n += 1;
    totals[fact].ok += holds ? 1 : 0;
  };
  const services = Object.entries(project.services ?? {});
  for (const [service, spec] of services) {
    const workload = workloadOf(plain, service);
    if (workload === undefined) continue;
    const mounts = (spec.volumes ?? []).filter(({ type, source }) => type === 'volume' && isKept(project, source));
    const alone = mounts.length > 0 ? converter.alone(service) : undefined;
    for (const { target } of mounts) {
      const claim = claimAt(workload, target);
      if (claim !== undefined)
        count('claimStableUnderSelection', claimAt(workloadOf(alone ?? [], service), target) === claim);
    }
    if (workload.kind === 'Deployment' && isSingle(spec, mounts)) count('noSecondCopy', !surges(workload));
    const check = spec.healthcheck;
    if (check?.test !== undefined && check.disable !== true && (spec.deploy?.replicas ?? 1) === 1)
      count('ownNameBeforeReadiness', findsItself(plain, workload, service));
  }
  judgeOutward(services, converter, at, count);
}

function judgeOutward(services, converter, at, count) {
  const open = services
    .map(([service, { ports = [] }]) => [service, ports.filter(isOpen)])
    .filter(([, ports]) => ports.length > 0);
  const labelled = (key, valueOf) =>
    converter.whole([
      override(at, Object.fromEntries(open.map(([service]) => [service, { [key]: valueOf(service) }]))),
    ]);
  if (open.length === 0) return;
  const balanced = labelled('kompose.service.type', () => 'loadbalancer') ?? [];
  const routed = labelled('kompose.service.expose', (service) => `${plainName(service)}.example.org`) ?? [];
  for (const [service, ports] of open) {
    if (workloadOf(balanced, service) === undefined) continue;
    const wanted = ports.map(({ published, target, protocol }) => `${published ?? target}/${protocol}`);
    count('outwardPorts', sameSet(outwardOf(balanced, service), wanted));
    const first = ports.find(({ protocol }) => protocol === 'tcp');
    if (first !== undefined) count('route', routeTarget(routed, service) === first.target);
  }
}

const isOpen = ({ host_ip: address }) => !/^(127\.|::1$|\[::1\]$|localhost$)/.test(address ?? '');
const isKept = (project, source) =>
  source !== undefined && Object.keys(project.volumes?.[source]?.driver_opts ?? {}).length === 0;
const plainName = (service) => service.toLowerCase().replace(/[^a-z0-9]+/g, '-');
const sameSet = (a, b) => [...new Set(a)].sort().join() === [...new Set(b)].sort().join();

/** It has what only one pod at a time can have. */
function isSingle(spec, mounts) {
  const ofNode = spec.network_mode === 'host' && (spec.ports ?? spec.expose ?? []).length > 0;
  return mounts.length > 0 || ofNode || (spec.devices ?? []).length > 0 || (spec.gpus ?? []).length > 0;
}

function surges({ spec: { strategy = {} } }) {
  const surge = strategy.rollingUpdate?.maxSurge ?? '25%';
  return (strategy.type ?? 'RollingUpdate') === 'RollingUpdate' && Number.parseInt(surge, 10) > 0;
}

function findsItself(objects, workload, service) {
  const found = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === plainName(service));
  return found?.spec.publishNotReadyAddresses === true || podOf(workload)?.hostname === plainName(service);
}

function workloadOf(objects, service) {
  return objects.find(({ kind, metadata }) => WORKLOADS.has(kind) && metadata.name === plainName(service));
}

const podOf = (workload) =>
  workload?.spec.jobTemplate?.spec.template.spec ?? workload?.spec.template?.spec ?? workload?.spec;

/** The claim that is mounted at a path; that of a template is its first replica's. */
function claimAt(workload, target) {
  const pod = podOf(workload);
  const containers = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])];
  const mount = containers
    .flatMap(({ volumeMounts = [] }) => volumeMounts)
    .find(({ mountPath }) => mountPath === target);
  if (mount === undefined) return undefined;
  const volume = pod.volumes?.find(({ name }) => name === mount.name);
  return (
    volume?.persistentVolumeClaim?.claimName ??
    (volume === undefined ? `${mount.name}-${workload.metadata.name}-0` : undefined)
  );
}

function outwardOf(objects, service) {
  const names = ['', '-outward', '-tcp', '-udp'].map((end) => `${plainName(service)}${end}`);
  return objects
    .filter(
      ({ kind, metadata, spec }) => kind === 'Service' && names.includes(metadata.name) && spec.type === 'LoadBalancer',
    )
    .flatMap(({ spec }) => spec.ports.map(({ port, protocol = 'TCP' }) => `${port}/${protocol.toLowerCase()}`));
}

/** The container port behind the Ingress of a service. */
function routeTarget(objects, service) {
  const host = `${plainName(service)}.example.org`;
  const rules = objects.flatMap(({ kind, spec }) => (kind === 'Ingress' ? (spec.rules ?? []) : []));
  const backend = rules.find((rule) => rule.host === host)?.http?.paths[0]?.backend.service;
  const target = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === backend?.name);
  const port = target?.spec.ports.find(
    ({ name, port: number }) => number === backend.port.number || (name !== undefined && name === backend.port.name),
  );
  if (typeof port?.targetPort === 'number') return port.targetPort;
  const containers = podOf(workloadOf(objects, service))?.containers ?? [];
  const named = containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === port?.targetPort);
  return named?.containerPort ?? port?.port;
}

function override(at, labels) {
  const file = join(at, 'override.yaml');
  const services = Object.fromEntries(Object.entries(labels).map(([service, own]) => [service, { labels: own }]));
  writeFileSync(file, stringify({ services }));
  return file;
}

/** One service by itself, as docker-compose understands it. */
function reduced({ name, services, volumes = {}, networks = {}, configs = {}, secrets = {} }, service, at) {
  const spec = Object.fromEntries(
    Object.entries(services[service]).filter(([key]) => key !== 'depends_on' && key !== 'links'),
  );
  const file = join(at, 'alone.yaml');
  writeFileSync(file, stringify({ name, services: { [service]: spec }, volumes, networks, configs, secrets }));
  return file;
}

function composeConfig(file) {
  const args = ['-f', file, '--profile', '*', 'config', '--format', 'json'];
  const text = quietly('docker-compose', args, dirname(file));
  return text === undefined ? undefined : JSON.parse(text);
}

function compiled(files, services) {
  const { result } = compileFile(files, services === undefined ? {} : { services });
  return result?.objects;
}

function converted(files, at, komposeCommand) {
  const out = join(at, 'kompose.yaml');
  rmSync(out, { force: true });
  const [program, ...args] = komposeCommand(files[0], out);
  const more = files.slice(1).flatMap((file) => ['-f', file]);
  if (quietly(program, [...args, ...more], dirname(files[0])) === undefined) return undefined;
  return parseAllDocuments(readFileSync(out, 'utf8')).flatMap((document) => {
    const object = document.toJS();
    return object?.kind === 'List' ? object.items : object == null ? [] : [object];
  });
}

function quietly(program, args, cwd) {
  const env = { PATH: programPath(), HOME: process.env.HOME, PWD: cwd };
  try {
    return execFileSync(program, args, {
      cwd,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    });
  } catch {
    return undefined;
  }
}
