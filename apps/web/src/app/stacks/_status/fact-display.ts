import type { StackServiceData } from '@ushadow/contracts';
import type { StatusDisplay } from '../../../ui/styling.ts';

type Health = StackServiceData['health'];
type Sync = StackServiceData['sync'];

const unknown: StatusDisplay = { label: 'Unknown', tone: 'neutral', icon: 'question' };

const healthDisplays: Readonly<Record<Health['state'], StatusDisplay>> = {
  ready: { label: 'Running', tone: 'ok', icon: 'check' },
  progressing: { label: 'Starting', tone: 'info', icon: 'spinner' },
  failed: { label: 'Failing', tone: 'bad', icon: 'cross' },
  stopped: { label: 'Stopped', tone: 'neutral', icon: 'minus' },
  completed: { label: 'Completed', tone: 'ok', icon: 'check' },
  absent: { label: 'Not there', tone: 'warn', icon: 'alert' },
  unknown,
};

const syncDisplays: Readonly<Record<Sync['state'], StatusDisplay>> = {
  'in-sync': { label: 'In sync', tone: 'ok', icon: 'check' },
  'out-of-sync': { label: 'Out of sync', tone: 'warn', icon: 'alert' },
  unknown,
};

export function healthDisplay({ state, stale, at }: Pick<Health, 'state' | 'stale' | 'at'>): StatusDisplay {
  return aged(healthDisplays[state], stale, at);
}

export function syncDisplay({ state, stale, at }: Pick<Sync, 'state' | 'stale' | 'at'>): StatusDisplay {
  return aged(syncDisplays[state], stale, at);
}

/** What is not seen now has no colour of what was: it is only named, as what was last seen. */
function aged(display: StatusDisplay, isStale: boolean, at: string | null): StatusDisplay {
  if (display === unknown || at === null) return unknown;
  return isStale ? { ...unknown, label: `Last seen ${display.label.toLowerCase()}` } : display;
}
