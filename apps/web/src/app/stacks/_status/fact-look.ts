import type { StackServiceData } from '@ushadow/contracts';
import type { IconName } from '../../../ui/icon.tsx';
import type { Tone } from '../../../ui/styling.ts';

export interface FactLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName | 'spinner';
}

type Health = StackServiceData['health'];
type Sync = StackServiceData['sync'];

const unknown: FactLook = { word: 'Unknown', tone: 'neutral', icon: 'question' };

const healthLooks: Readonly<Record<Health['state'], FactLook>> = {
  ready: { word: 'Running', tone: 'ok', icon: 'check' },
  progressing: { word: 'Starting', tone: 'info', icon: 'spinner' },
  failed: { word: 'Failing', tone: 'bad', icon: 'cross' },
  stopped: { word: 'Stopped', tone: 'neutral', icon: 'minus' },
  completed: { word: 'Completed', tone: 'ok', icon: 'check' },
  absent: { word: 'Not there', tone: 'warn', icon: 'alert' },
  unknown,
};

const syncLooks: Readonly<Record<Sync['state'], FactLook>> = {
  'in-sync': { word: 'In sync', tone: 'ok', icon: 'check' },
  'out-of-sync': { word: 'Out of sync', tone: 'warn', icon: 'alert' },
  unknown,
};

export function healthLook({ state, stale, at }: Pick<Health, 'state' | 'stale' | 'at'>): FactLook {
  return aged(healthLooks[state], stale, at);
}

export function syncLook({ state, stale, at }: Pick<Sync, 'state' | 'stale' | 'at'>): FactLook {
  return aged(syncLooks[state], stale, at);
}

/** What is not seen now has no colour of what was: it is only told, as what was last seen. */
function aged(look: FactLook, isStale: boolean, at: string | null): FactLook {
  if (look === unknown || at === null) return unknown;
  return isStale ? { ...unknown, word: `Last seen ${look.word.toLowerCase()}` } : look;
}
