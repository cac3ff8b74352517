import type { Settings } from '../model/settings.ts';
import { labelWriters } from './kompose-writers.ts';

type Labels = Readonly<Record<string, string>>;

export interface LabelFindings {
  readonly settings: Settings;
  /** Labels that begin like one of kompose's and are none. */
  readonly unknown: readonly { readonly label: string; readonly nearest: string | undefined }[];
  /** Labels whose value makes no sense. */
  readonly invalid: readonly { readonly label: string; readonly value: string }[];
}

/** kompose's labels as settings: `_` and `-` are alike in names, as its users expect. */
export function settingsFromLabels(labels: Labels): LabelFindings {
  const values = new Map<string, string>();
  const unknown: { label: string; nearest: string | undefined }[] = [];
  for (const [label, value] of Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!label.startsWith('kompose.')) continue;
    const name = canonical(label);
    if (KNOWN.has(name)) values.set(KNOWN.get(name) ?? label, value);
    else unknown.push({ label, nearest: nearest(name) });
  }
  const invalid: { label: string; value: string }[] = [];
  let settings: Settings = {};
  for (const [label, write] of Object.entries(labelWriters)) {
    const value = values.get(label);
    if (value === undefined) continue;
    const next = write(value.trim(), settings, (name) => values.get(name));
    if (next === undefined) invalid.push({ label, value });
    else settings = { ...settings, ...next };
  }
  return { settings, unknown, invalid };
}

const canonical = (label: string): string => label.toLowerCase().replaceAll('_', '-');

const KNOWN = new Map(Object.keys(labelWriters).map((label) => [canonical(label), label]));

/** The known label with the fewest changed letters, when they are few. */
function nearest(name: string): string | undefined {
  const scored = [...KNOWN].map(([known, label]) => ({ label, distance: distance(name, known) }));
  const best = scored.sort((a, b) => a.distance - b.distance || (a.label < b.label ? -1 : 1))[0];
  return best !== undefined && best.distance <= Math.max(3, name.length / 3) ? best.label : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
