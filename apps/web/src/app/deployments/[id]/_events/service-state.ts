import type { ServiceVerdictData } from '@ushadow/contracts';
import type { IconName } from '../../../../ui/icon.tsx';
import type { Tone } from '../../../../ui/styling.ts';
import type { ObjectProgress, ServiceProgress } from './progress.ts';

export interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName | 'spinner';
}

/** By what was last seen of an object, else by what was done to it, else by the plan. */
const stateLooks: Readonly<Record<string, Look>> = {
  pending: { word: 'Pending', tone: 'info', icon: 'clock' },
  progressing: { word: 'Progressing', tone: 'info', icon: 'spinner' },
  ready: { word: 'Ready', tone: 'ok', icon: 'check' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
  deleting: { word: 'Deleting', tone: 'warn', icon: 'spinner' },
};

const unchanged: Look = { word: 'Unchanged', tone: 'ok', icon: 'check' };

const outcomeLooks: Readonly<Record<string, Look>> = {
  created: { word: 'Created', tone: 'ok', icon: 'check' },
  configured: { word: 'Updated', tone: 'ok', icon: 'check' },
  recreated: { word: 'Recreated', tone: 'ok', icon: 'check' },
  unchanged,
  deleted: { word: 'Deleted', tone: 'neutral', icon: 'minus' },
  skipped: { word: 'Skipped', tone: 'neutral', icon: 'minus' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
};

const notReady: Look = { word: 'Not ready', tone: 'bad', icon: 'cross' };
const waiting: Look = { word: 'Waiting', tone: 'neutral', icon: 'clock' };
/** The deployment has ended before it came to this object. */
const untouched: Look = { word: 'Not touched', tone: 'neutral', icon: 'minus' };

export function objectLook({ state, outcome, action }: ObjectProgress, isOver: boolean): Look {
  if (isOver && (state === 'pending' || state === 'progressing')) return notReady;
  if (state !== null) return stateLooks[state] ?? { ...waiting, word: state };
  if (outcome !== null) return outcomeLooks[outcome] ?? { ...waiting, word: outcome };
  if (action === 'unchanged') return unchanged;
  return isOver ? untouched : waiting;
}

export function isSettled(object: ObjectProgress, isOver: boolean): boolean {
  const look = objectLook(object, isOver);
  return look !== waiting && look !== untouched && (look.tone === 'ok' || look.tone === 'neutral');
}

const verdictLooks: Readonly<Record<ServiceVerdictData['status'], Look>> = {
  succeeded: { word: 'Succeeded', tone: 'ok', icon: 'check' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
  unknown: { word: 'Unknown', tone: 'warn', icon: 'question' },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: 'minus' },
  'not-started': { word: 'Not started', tone: 'neutral', icon: 'minus' },
  'rolled-back': { word: 'Rolled back', tone: 'warn', icon: 'undo' },
};

/** How a service stands: by its verdict, else by its objects; the gravest counts. */
export function serviceLook(
  { objects }: ServiceProgress,
  verdict: ServiceVerdictData | undefined,
  isOver: boolean,
): Look {
  if (verdict !== undefined) return verdictLooks[verdict.status];
  const looks = objects.map((object) => objectLook(object, isOver));
  const bad = looks.find(({ tone }) => tone === 'bad');
  if (bad !== undefined) return bad;
  if (objects.length > 0 && objects.every((object) => isSettled(object, isOver))) return stateLooks['ready'] ?? waiting;
  const isBegun = objects.some(({ state, outcome }) => state !== null || outcome !== null);
  return isBegun ? (stateLooks['progressing'] ?? waiting) : isOver ? untouched : waiting;
}

const WITH_PODS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** What the object that runs the service says of itself, for example `1 of 2 ready`. */
export function workloadMessage({ objects }: ServiceProgress): string {
  return objects.find(({ name }) => WITH_PODS.has(name.slice(0, name.indexOf('/'))))?.message ?? '';
}
