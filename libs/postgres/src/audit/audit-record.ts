import type { AuditEntryData } from '@ushadow/contracts';

/** What a trail gives an entry itself: its place, and the seals. */
type Placed = 'service' | 'sequence' | 'key_id' | 'previous_seal' | 'seal';

/** An entry before it has its place in a trail. */
export type AuditDraft = Omit<AuditEntryData, Placed>;

/** What is sealed: the entry without what the seal itself needs. */
export type AuditRecord = Omit<AuditEntryData, 'key_id' | 'previous_seal' | 'seal'>;

/** JSON with sorted keys and no spaces: the same text whoever writes it, so that anybody with the key can check a seal. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) => {
    if (typeof field === 'string') return storable(field);
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
    return Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** No name of a thing may keep its entry from being stored: Postgres takes neither NUL nor half a character. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
