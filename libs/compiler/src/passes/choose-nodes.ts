import { isLabelValue, own } from '@ushadow/kubernetes';
import type { Design, NodeRules, DesignedService } from '../model/design.ts';
import { groupsOf } from './keep-together.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

type Rule = NodeRules['required'][number];

/** Which machines a service may run on: placement, platform, and where its stores can be mounted together. */
export const chooseNodes: Pass<Design> = {
  name: 'choose-nodes',
  run(design, context) {
    const groups = groupsOf(design);
    for (const { stores, users } of groups.filter((group) => group.users.length > 1)) {
      const [first] = stores;
      const volumes = stores.map(({ name }) => `"${name}"`).join(', ');
      const named = `${stores.length === 1 ? 'volume' : 'volumes'} ${volumes}`;
      context.report('CMP0906', first?.path ?? '', { volumes: named, services: users.join(', ') });
    }
    const nameOf = new Map(groups.flatMap(({ name, users }) => users.map((user) => [user, name] as const)));
    return mapServices(design, (designed) => ({
      ...designed,
      nodeRules: rulesOf(designed, context),
      together: nameOf.get(designed.host),
    }));
  },
};

function rulesOf(designed: DesignedService, context: PassContext): NodeRules {
  const { service, settings } = designed;
  const { image, placement } = service;
  const constraints = placement.constraints
    .map(({ text, path }) => constraint(text, path, designed, context))
    .filter((rule) => rule !== undefined);
  return {
    selector: {
      ...(image.os === undefined || !isLabelValue(image.os) ? {} : { 'kubernetes.io/os': image.os }),
      ...(image.architecture === undefined || !isLabelValue(image.architecture)
        ? {}
        : { 'kubernetes.io/arch': own(ARCHITECTURES, image.architecture) ?? image.architecture }),
      ...settings.nodeSelector,
      ...(settings.nodeName === undefined ? {} : { 'kubernetes.io/hostname': settings.nodeName }),
    },
    required: constraints,
    spread: [
      ...spreadKeys(designed, context).map((key) => ({ key, hard: false, maxSkew: 1 })),
      ...(placement.maxPerNode === undefined
        ? []
        : [{ key: 'kubernetes.io/hostname', hard: true, maxSkew: placement.maxPerNode }]),
    ],
    tolerations: constraints.some(({ key }) => key === CONTROL_PLANE)
      ? [{ key: CONTROL_PLANE, effect: 'NoSchedule' }]
      : [],
  };
}

function spreadKeys({ service }: DesignedService, { report }: PassContext): readonly string[] {
  return service.placement.spread.flatMap((text) => {
    const key = labelKey(text);
    if (key === undefined) {
      report('CMP0804', `${service.path}/deploy/placement/preferences`, { service: service.name, constraint: text });
    }
    return key ?? [];
  });
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', 'arm/v7': 'arm' };

const KEYS: Readonly<Record<string, string>> = {
  'node.hostname': 'kubernetes.io/hostname',
  'node.platform.os': 'kubernetes.io/os',
  'node.platform.arch': 'kubernetes.io/arch',
  'engine.labels.operatingsystem': 'kubernetes.io/os',
  'node.labels.zone': 'topology.kubernetes.io/zone',
  'node.labels.region': 'topology.kubernetes.io/region',
};

/** The node label behind a Swarm expression; undefined when there is none. */
function labelKey(expression: string): string | undefined {
  if (Object.hasOwn(KEYS, expression) && !expression.startsWith('node.labels.')) return KEYS[expression];
  return /^node\.labels\.(.+)$/.exec(expression)?.[1];
}

function constraint(
  text: string,
  path: string,
  { service }: DesignedService,
  { report }: PassContext,
): Rule | undefined {
  const match = /^\s*([\w./-]+)\s*(==|!=)\s*(.+?)\s*$/.exec(text);
  const [, expression = '', operator, value = ''] = match ?? [];
  if (expression === 'node.role') {
    report('CMP0805', path, { service: service.name, constraint: text });
    return value === 'manager' || value === 'worker'
      ? roleRule(operator === '==' ? value === 'manager' : value !== 'manager')
      : undefined;
  }
  const key = labelKey(expression);
  if (key === undefined || !isLabelValue(value)) {
    report('CMP0804', path, { service: service.name, constraint: text });
    return undefined;
  }
  return { key, operator: operator === '==' ? 'In' : 'NotIn', values: [value] };
}

function roleRule(manager: boolean): Rule {
  return { key: CONTROL_PLANE, operator: manager ? 'Exists' : 'DoesNotExist', values: [] };
}
