import type { DataOf, events } from '@ushadow/contracts';

export type ScanProgress = DataOf<typeof events.scanProgressed>;

const numbers = new Intl.NumberFormat('en');

/** How far a scan is, in words. */
export function progressText({ phase, what, scanned, total }: ScanProgress): string {
  if (phase === 'finished') return 'Keeping what was found';
  if (phase === 'failed') return 'The scan failed';
  if (what === null) return 'Asking the cluster';
  const count = total === null ? numbers.format(scanned) : `${numbers.format(scanned)} of ${numbers.format(total)}`;
  return `Reading ${what}: ${count} ${(total ?? scanned) === 1 ? 'object' : 'objects'} so far`;
}
