import type { ServiceVerdictData } from '@ushadow/contracts';
import type { StatusDisplay } from '../../../../ui/styling.ts';
import type { ObjectProgress, ServiceProgress } from './progress.ts';

/** By what was last seen of an object, else by what was done to it, else by the plan. */
const stateDisplays: Readonly<Record<string, StatusDisplay>> = {
  pending: { label: 'Pending', tone: 'info', icon: 'clock' },
  progressing: { label: 'Progressing', tone: 'info', icon: 'spinner' },
  ready: { label: 'Ready', tone: 'ok', icon: 'check' },
  failed: { label: 'Failed', tone: 'bad', icon: 'cross' },
  deleting: { label: 'Deleting', tone: 'warn', icon: 'spinner' },
};

const unchanged: StatusDisplay = { label: 'Unchanged', tone: 'ok', icon: 'check' };

const outcomeDisplays: Readonly<Record<string, StatusDisplay>> = {
  created: { label: 'Created', tone: 'ok', icon: 'check' },
  configured: { label: 'Updated', tone: 'ok', icon: 'check' },
  recreated: { label: 'Recreated', tone: 'ok', icon: 'check' },
  unchanged,
  deleted: { label: 'Deleted', tone: 'neutral', icon: 'minus' },
  skipped: { label: 'Skipped', tone: 'neutral', icon: 'minus' },
  failed: { label: 'Failed', tone: 'bad', icon: 'cross' },
};

const notReady: StatusDisplay = { label: 'Not ready', tone: 'bad', icon: 'cross' };
const waiting: StatusDisplay = { label: 'Waiting', tone: 'neutral', icon: 'clock' };
/** The deployment has ended before it came to this object. */
const untouched: StatusDisplay = { label: 'Not touched', tone: 'neutral', icon: 'minus' };

export function objectDisplay({ state, outcome, action }: ObjectProgress, isOver: boolean): StatusDisplay {
  if (isOver && (state === 'pending' || state === 'progressing')) return notReady;
  if (state !== null) return stateDisplays[state] ?? { ...waiting, label: state };
  if (outcome !== null) return outcomeDisplays[outcome] ?? { ...waiting, label: outcome };
  if (action === 'unchanged') return unchanged;
  return isOver ? untouched : waiting;
}

export function isSettled(object: ObjectProgress, isOver: boolean): boolean {
  const display = objectDisplay(object, isOver);
  return display !== waiting && display !== untouched && (display.tone === 'ok' || display.tone === 'neutral');
}

const verdictDisplays: Readonly<Record<ServiceVerdictData['status'], StatusDisplay>> = {
  succeeded: { label: 'Succeeded', tone: 'ok', icon: 'check' },
  failed: { label: 'Failed', tone: 'bad', icon: 'cross' },
  unknown: { label: 'Unknown', tone: 'warn', icon: 'question' },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: 'minus' },
  'not-started': { label: 'Not started', tone: 'neutral', icon: 'minus' },
  'rolled-back': { label: 'Rolled back', tone: 'warn', icon: 'undo' },
};

/** How a service stands: by its verdict, else by its objects; the gravest counts. */
export function serviceDisplay(
  { objects }: ServiceProgress,
  verdict: ServiceVerdictData | undefined,
  isOver: boolean,
): StatusDisplay {
  if (verdict !== undefined) return verdictDisplays[verdict.status];
  const displays = objects.map((object) => objectDisplay(object, isOver));
  const bad = displays.find(({ tone }) => tone === 'bad');
  if (bad !== undefined) return bad;
  if (objects.length > 0 && objects.every((object) => isSettled(object, isOver)))
    return stateDisplays['ready'] ?? waiting;
  const isBegun = objects.some(({ state, outcome }) => state !== null || outcome !== null);
  return isBegun ? (stateDisplays['progressing'] ?? waiting) : isOver ? untouched : waiting;
}

const WITH_PODS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** What the object that runs the service says of itself, for example `1 of 2 ready`. */
export function workloadMessage({ objects }: ServiceProgress): string {
  return objects.find(({ name }) => WITH_PODS.has(name.slice(0, name.indexOf('/'))))?.message ?? '';
}
