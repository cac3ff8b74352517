import type { App } from '../model/app.ts';
import type { GroupedDesign, GroupedService } from '../model/design.ts';
import type { WorkloadKind } from '../model/settings.ts';
import { endsPlainly } from '../text/ends-plainly.ts';
import { knownImage } from '../images/known-images.ts';
import { freeName } from '../names/free-name.ts';
import { isInPod, podMembers } from '../select/select-services.ts';
import { volumeKey } from '../storage/same-volume.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';
import { WORKLOAD_KINDS } from '../settings/from-spec.ts';
import { runsNothing } from './choose-scale.ts';

interface Answer {
  readonly kind: WorkloadKind;
  /** Where nobody said so in as many words: what it was concluded from. */
  readonly because?: string;
}

type KindRule = (designed: GroupedService, facts: Facts) => Answer | undefined;

interface Facts {
  /** Services some other service waits for until they have completed, and which that is. */
  readonly completedTargets: ReadonlyMap<string, string>;
  /** Services some other service waits for in any other way. */
  readonly runningTargets: ReadonlySet<string>;
  /** Named volumes by number of services that mount them. */
  readonly volumeUsers: ReadonlyMap<string, number>;
  readonly app: App;
  readonly context: PassContext;
}

const is = (kind: WorkloadKind | undefined): Answer | undefined => (kind === undefined ? undefined : { kind });

/** The first rule with an answer decides. */
const RULES: readonly KindRule[] = [
  ({ settings }) => (settings.schedule === undefined ? undefined : { kind: 'scheduled' }),
  ({ settings }) => (settings.kind === 'scheduled' ? undefined : is(settings.kind)),
  ({ service }) => (service.rollout.mode === 'global' ? { kind: 'per-node' } : undefined),
  ({ service }) => (service.rollout.mode.endsWith('-job') ? { kind: 'run-once' } : undefined),
  ({ service }, { completedTargets }) => {
    const waiting = completedTargets.get(service.name);
    return waiting === undefined ? undefined : { kind: 'run-once', because: `"${waiting}" waits for it to complete` };
  },
  (designed, facts) =>
    isOneShot(designed, facts)
      ? { kind: 'run-once', because: 'it is never restarted and nothing shows that it serves anybody' }
      : undefined,
  (designed, facts) =>
    endsPlainly(designed.service.process) && isNotRestarted(designed, facts)
      ? { kind: 'run-once', because: 'its command comes to an end by itself, and it is not restarted' }
      : undefined,
  (_, { context }) => {
    const { kind } = context.input.target.defaults ?? {};
    return kind === undefined ? undefined : is(WORKLOAD_KINDS[kind]);
  },
  (designed, facts) => (isDatabase(designed, facts) ? { kind: 'stateful' } : undefined),
];

/** How each service is run: replicated, with a volume of its own, on each machine, once, or by schedule. */
export const chooseKind: Pass<GroupedDesign> = {
  name: 'choose-kind',
  run(design, context) {
    const facts = gather(design, context);
    const names = new Set(design.services.map((designed) => designed.name));
    const answers = new Map(design.services.map((designed) => [designed.service.name, firstAnswer(designed, facts)]));
    const byName = new Map(design.services.map((designed) => [designed.service.name, designed]));
    const membersOf = podMembers(design);
    const kinds = new Map<GroupedService, WorkloadKind>();
    const wantedFor = (owner: GroupedService): WorkloadKind => {
      const known = kinds.get(owner);
      if (known !== undefined) return known;
      const kind = kindOfPod(membersOf(owner).map(({ service }) => answers.get(service.name)?.kind ?? 'replicated'));
      kinds.set(owner, kind);
      return kind;
    };
    return mapServices(design, (designed) => {
      const { name, path } = designed.service;
      const own = answers.get(name) ?? STAYS;
      const host = byName.get(designed.host) ?? designed;
      const wanted = wantedFor(isInPod(designed) ? host : designed);
      // A DaemonSet has no number of its own: where nothing is to run, a Deployment of none stands for it.
      const kind = wanted === 'per-node' && runsNothing(host) ? 'replicated' : wanted;
      if (kind !== wanted) context.report('CMP0505', path, { service: name });
      reportEnd(designed, own, kind, context);
      const ends = ENDS.has(own.kind);
      return {
        ...designed,
        kind,
        ends,
        name: designed.host === name ? nameFor(kind, designed.name, names) : designed.name,
      };
    });
  },
};

const STAYS: Answer = { kind: 'replicated' };
const ENDS: ReadonlySet<WorkloadKind> = new Set<WorkloadKind>(['run-once', 'scheduled']);

/** Of a pod, by all that run in it, the host first: it stays if one of them does, and has volumes if one of them has. */
function kindOfPod(kinds: readonly WorkloadKind[]): WorkloadKind {
  const [host = 'replicated'] = kinds;
  const staying = kinds.filter((kind) => !ENDS.has(kind));
  if (host === 'scheduled' || staying.length === 0) return host;
  return (['per-node', 'stateful'] as const).find((kind) => staying.includes(kind)) ?? 'replicated';
}

function firstAnswer(designed: GroupedService, facts: Facts): Answer {
  for (const rule of RULES) {
    const answer = rule(designed, facts);
    if (answer !== undefined) return answer;
  }
  return STAYS;
}

/** Why it is taken for what ends; or that what stays is always restarted, also after it has ended well. */
function reportEnd(designed: GroupedService, own: Answer, kind: WorkloadKind, { report }: PassContext): void {
  const { name, path, restart } = designed.service;
  const at = restart.policy === 'unset' ? path : restart.path;
  const params = { service: name };
  if (ENDS.has(kind)) {
    if (own.because !== undefined) report('CMP0504', at, { ...params, because: own.because });
  } else if (ENDS.has(own.kind)) {
    return; // Its place in a pod that stays is decided with the order there.
  } else if (designed.settings.kind === undefined && restart.policy === 'never') {
    report('CMP0501', at, { ...params, because: 'it serves others' });
  } else if (designed.settings.kind === undefined && restart.policy === 'on-failure') {
    report('CMP0501', at, { ...params, because: 'nothing shows that it comes to an end' });
  }
}

/** The API appends to these names in labels of pods, which hold 63 characters. */
const NAME_MAX: Readonly<Partial<Record<WorkloadKind, number>>> = { stateful: 52, scheduled: 52 };

function nameFor(kind: WorkloadKind, name: string, taken: ReadonlySet<string>): string {
  const maxLength = NAME_MAX[kind];
  if (maxLength === undefined || name.length <= maxLength) return name;
  return freeName(name, (each) => taken.has(each), { rule: 'rfc1035', maxLength });
}

function gather(design: GroupedDesign, context: PassContext): Facts {
  const targets = (completed: boolean): ReadonlyMap<string, string> =>
    new Map(
      design.services.flatMap(({ service }) =>
        service.dependencies
          .filter(({ condition }) => (condition === 'completed') === completed)
          .map((edge): [string, string] => [edge.service, service.name]),
      ),
    );
  const volumeUsers = new Map<string, number>();
  for (const { service } of design.services) {
    const volumes = new Set(
      service.mounts.filter(({ kind }) => kind === 'volume').map(({ source }) => volumeKey(source, design.app)),
    );
    for (const volume of volumes) volumeUsers.set(volume, (volumeUsers.get(volume) ?? 0) + 1);
  }
  return {
    completedTargets: targets(true),
    runningTargets: new Set(targets(false).keys()),
    volumeUsers,
    app: design.app,
    context,
  };
}

/** Never restarted, and nobody could be waiting for it to keep running. A worker restarts after failures as well. */
function isOneShot(designed: GroupedService, facts: Facts): boolean {
  return designed.service.restart.policy === 'never' && servesNobody(designed, facts);
}

/** As little restarted by Compose, where the file is silent about it. */
function isNotRestarted(designed: GroupedService, facts: Facts): boolean {
  return designed.service.restart.policy === 'unset' && servesNobody(designed, facts);
}

function servesNobody({ service }: GroupedService, { runningTargets }: Facts): boolean {
  const checked = service.health !== undefined && service.health.kind !== 'none';
  return service.listeners.length === 0 && !checked && !runningTargets.has(service.name);
}

function isDatabase({ service, image }: GroupedService, { volumeUsers, app }: Facts): boolean {
  if (knownImage(image)?.database !== true || (service.rollout.replicas ?? 1) > 1) return false;
  return service.mounts.some(({ kind, source }) => kind === 'volume' && volumeUsers.get(volumeKey(source, app)) === 1);
}
