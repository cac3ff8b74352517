import { isDnsSubdomain } from '@ushadow/kubernetes';
import type { NodeRules, DesignedService } from '../model/design.ts';
import { labelText } from '../names/unique-names.ts';
import { ANNOTATION_PREFIX, selectorLabels } from './metadata.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { filled, from, some } from './sourced.ts';

/** Labels of pods that must be on one machine with others. */
export function togetherLabels(services: readonly DesignedService[]): Readonly<Record<string, string>> {
  const group = services.find(({ together }) => together !== undefined)?.together;
  return group === undefined ? {} : { [togetherKey(group)]: 'shared' };
}

function togetherKey(group: string): string {
  return `volume.${ANNOTATION_PREFIX}${labelText(group)}`;
}

/** Where the pod may run. */
export function emitScheduling(designed: DesignedService, services: readonly DesignedService[]): DraftRecord {
  const rules = rulesOfPod(services);
  const path = `${designed.service.path}/deploy/placement`;
  const runtime = services.find(({ service }) => service.security.runtime !== undefined)?.service.security.runtime;
  return {
    nodeSelector: Object.keys(rules.selector).length === 0 ? undefined : rules.selector,
    affinity: filled({ nodeAffinity: nodeAffinity(rules, path), podAffinity: podAffinity(services) }),
    topologySpreadConstraints: some(spread(designed, path)),
    tolerations: some(rules.tolerations.map(({ key, effect }) => ({ key, operator: 'Exists', effect }))),
    runtimeClassName:
      runtime === undefined || !isDnsSubdomain(runtime) || /^(runc|io\.containerd\.runc\.v2)$/.test(runtime)
        ? undefined
        : from(`${designed.service.path}/runtime`, runtime),
  };
}

/** A pod goes where all that run in it may run. */
function rulesOfPod(services: readonly DesignedService[]): Omit<NodeRules, 'spread'> {
  const all = services.map(({ nodeRules }) => nodeRules);
  const unique = <T>(items: readonly T[]): readonly T[] => [
    ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
  ];
  return {
    selector: Object.assign({}, ...all.map(({ selector }) => selector)) as NodeRules['selector'],
    required: unique(all.flatMap(({ required }) => required)),
    tolerations: unique(all.flatMap(({ tolerations }) => tolerations)),
  };
}

function nodeAffinity({ required }: Pick<NodeRules, 'required'>, path: string): Draft {
  if (required.length === 0) return undefined;
  const matchExpressions = required.map(({ key, operator, values }) => ({ key, operator, values: some(values) }));
  return from(path, { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } });
}

function podAffinity(services: readonly DesignedService[]): Draft {
  const terms = Object.entries(togetherLabels(services)).map(([key, value]) => ({
    labelSelector: { matchLabels: { [key]: value } },
    topologyKey: 'kubernetes.io/hostname',
  }));
  return terms.length === 0 ? undefined : { requiredDuringSchedulingIgnoredDuringExecution: terms };
}

function spread(designed: DesignedService, path: string): readonly Draft[] {
  return designed.nodeRules.spread.map(({ key, hard, maxSkew }) =>
    from(path, {
      maxSkew,
      topologyKey: key,
      whenUnsatisfiable: hard ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorLabels(designed) },
    }),
  );
}
