import type { ComposeService } from '../model.ts';
import { jsonPointer } from '../positions.ts';
import type { CheckContext } from './check-context.ts';

type Rule = (service: ComposeService, find: Finder) => void;

interface Finder {
  readonly name: string;
  readonly context: CheckContext;
  /** Pointer and position of a place in the service. */
  at(
    ...path: readonly (string | number)[]
  ): readonly [pointer: string, position: ReturnType<CheckContext['positions']['at']>];
}

/** Rules about one service: values that exclude each other or must agree. */
export function checkService(name: string, service: ComposeService, context: CheckContext): void {
  const find: Finder = {
    name,
    context,
    at(...path) {
      const pointer = jsonPointer(['services', name, ...path]);
      return [pointer, context.positions.at(pointer)];
    },
  };
  for (const rule of RULES) rule(service, find);
}

const runnable: Rule = ({ build, image, provider }, { name, context, at }) => {
  if (!build && !image && !provider) context.report.add('CPS0801', { service: name }, ...at());
};

const exclusive: Rule = ({ build, network_mode, networks }, { name, context, at }) => {
  if (build?.dockerfile && build.dockerfile_inline) {
    const keys = { first: 'build.dockerfile', second: 'build.dockerfile_inline' };
    context.report.add('CPS0802', { service: name, ...keys }, ...at('build', 'dockerfile_inline'));
  }
  if (network_mode && Object.keys(networks ?? {}).length > 0) {
    const keys = { first: 'network_mode', second: 'networks' };
    context.report.add('CPS0802', { service: name, ...keys }, ...at('network_mode'));
  }
};

const platformBuilt: Rule = ({ build, platform }, { name, context, at }) => {
  if (!platform || !build?.platforms || build.platforms.includes(platform)) return;
  context.report.add('CPS0803', { service: name, platform }, ...at('platform'));
};

const healthTest: Rule = ({ healthcheck }, { name, context, at }) => {
  const [first] = healthcheck?.test ?? [];
  if (first === undefined || ['CMD', 'CMD-SHELL', 'NONE'].includes(first)) return;
  context.report.add('CPS0805', { service: name }, ...at('healthcheck', 'test'));
};

/** Older keys and those of `deploy` must agree when both are there. */
const agreement: Rule = (service, { name, context, at }) => {
  const { limits, reservations } = service.deploy?.resources ?? {};
  const pairs = [
    ['scale', service.scale, 'deploy.replicas', service.deploy?.replicas, service.deploy?.replicas !== undefined],
    ['cpus', service.cpus, 'deploy.resources.limits.cpus', limits?.cpus, limits !== undefined],
    ['mem_limit', service.mem_limit, 'deploy.resources.limits.memory', limits?.memory, limits !== undefined],
    [
      'mem_reservation',
      service.mem_reservation,
      'deploy.resources.reservations.memory',
      reservations?.memory,
      reservations !== undefined,
    ],
    ['pids_limit', service.pids_limit, 'deploy.resources.limits.pids', limits?.pids, limits !== undefined],
  ] as const;
  for (const [first, value, second, other, both] of pairs) {
    if (value === undefined || !both || value === other) continue;
    context.report.add('CPS0806', { service: name, first, second }, ...at(first));
  }
};

const replicas: Rule = ({ scale, deploy, container_name }, { name, context, at }) => {
  if (scale !== undefined && scale < 0) {
    context.report.add('CPS0807', { service: name, key: 'scale' }, ...at('scale'));
  }
  if (deploy?.replicas !== undefined && deploy.replicas < 0) {
    context.report.add('CPS0807', { service: name, key: 'deploy.replicas' }, ...at('deploy', 'replicas'));
  }
  if (container_name && (scale ?? deploy?.replicas ?? 1) > 1) {
    context.report.add('CPS0808', { service: name }, ...at('container_name'));
  }
};

const watchTarget: Rule = ({ develop }, { name, context, at }) => {
  develop?.watch?.forEach(({ target, action }, index) => {
    if (target || action === 'rebuild' || action === 'restart') return;
    context.report.add('CPS0809', { service: name }, ...at('develop', 'watch', index));
  });
};

const mountedOnce: Rule = ({ tmpfs = [], volumes = [] }, { name, context, at }) => {
  const seen = new Set<string>();
  const mounts = [
    ...tmpfs.map((mount, index) => ({ target: mount.split(':', 1)[0] ?? '', place: ['tmpfs', index] })),
    ...volumes.map(({ target }, index) => ({ target, place: ['volumes', index, 'target'] })),
  ];
  for (const { target, place } of mounts) {
    if (seen.has(target)) context.report.add('CPS0810', { service: name, target }, ...at(...place));
    seen.add(target);
  }
};

const RULES: readonly Rule[] = [
  runnable,
  exclusive,
  platformBuilt,
  healthTest,
  agreement,
  replicas,
  watchTarget,
  mountedOnce,
];
