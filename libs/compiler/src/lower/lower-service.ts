import { own } from '@ushadow/kubernetes';
import type { ComposeProject, ComposeService } from '@ushadow/compose';
import { jsonPointer } from '@ushadow/compose';
import type { AppService, Build, Image, Variable } from '../model/app.ts';
import type { FileGrant } from '../model/storage.ts';
import { lowerHealth } from './lower-health.ts';
import { lowerMounts } from './lower-mounts.ts';
import { lowerLifecycle, lowerProcess, lowerRestart } from './lower-process.ts';
import { lowerDependencies, lowerListeners, lowerMembership } from './lower-reach.ts';
import { lowerPlacement, lowerResources, lowerRollout } from './lower-scheduling.ts';
import { lowerSecurity } from './lower-security.ts';

export function lowerService(name: string, service: ComposeService, project: ComposeProject): AppService {
  const path = jsonPointer(['services', name]);
  return {
    name,
    path,
    image: lowerImage(service),
    process: lowerProcess(service),
    restart: lowerRestart(service, path),
    lifecycle: lowerLifecycle(service, path),
    environment: lowerEnvironment(service, path),
    listeners: lowerListeners(service, path),
    dependencies: lowerDependencies(service, path).filter(
      ({ service: target }) => own(project.services, target)?.provider === undefined,
    ),
    membership: lowerMembership(service, path),
    mounts: lowerMounts(service, path, project.services),
    grants: [...lowerGrants('config', service, path), ...lowerGrants('secret', service, path)],
    health: lowerHealth(service, path),
    resources: lowerResources(service, path),
    placement: lowerPlacement(service, path),
    rollout: lowerRollout(service),
    security: lowerSecurity(service, path),
    labels: service.labels ?? {},
    deployLabels: service.deploy?.labels ?? {},
    annotations: service.annotations ?? {},
  };
}

function lowerImage(service: ComposeService): Image {
  const [os, architecture] = service.platform?.split('/') ?? [];
  return {
    reference: service.image,
    built: service.build !== undefined,
    build: lowerBuild(service.build),
    pull: pullPolicy(service.pull_policy),
    alwaysBuilt: service.pull_policy === 'build',
    os: architecture === undefined ? undefined : os,
    architecture: architecture ?? os,
  };
}

function lowerBuild(build: ComposeService['build']): Build | undefined {
  if (build === undefined) return undefined;
  const { context = '', dockerfile = 'Dockerfile', dockerfile_inline: inline, target } = build;
  const path = dockerfile.startsWith('/') ? dockerfile : `${context.replace(/\/+$/, '')}/${dockerfile}`;
  return { dockerfile: path, inline, target };
}

function pullPolicy(policy: string | undefined): Image['pull'] {
  if (policy === undefined || policy === '') return undefined;
  if (policy === 'never') return 'never';
  return /^(missing|if_not_present|build)$/.test(policy) ? 'if-absent' : 'always';
}

function lowerEnvironment(service: ComposeService, path: string): readonly Variable[] {
  return Object.entries(service.environment ?? {})
    .filter((entry): entry is [string, string] => entry[1] !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value: String(value),
      secret: undefined,
      path: path + jsonPointer(['environment', name]),
    }));
}

const DEFAULT_FOLDER = { config: '/', secret: '/run/secrets/' } as const;

function lowerGrants(kind: 'config' | 'secret', service: ComposeService, path: string): readonly FileGrant[] {
  const grants = kind === 'config' ? service.configs : service.secrets;
  return (grants ?? []).map((grant, index) => {
    const target = grant.target ?? grant.source;
    return {
      kind,
      source: grant.source,
      target: target.startsWith('/') ? target : DEFAULT_FOLDER[kind] + target,
      mode: grant.mode === undefined ? undefined : Number.parseInt(grant.mode, 8),
      uid: grant.uid,
      path: `${path}/${kind}s/${index}`,
    };
  });
}
