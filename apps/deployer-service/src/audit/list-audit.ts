import { Injectable } from '@nestjs/common';
import type { AuditEntryData, InputOf, operations, OutputOf } from '@ushadow/contracts';
import { readCursor, writeCursor } from './cursor.ts';
import { Trails } from './trails.ts';

type Operation = typeof operations.listAudit;

/** All trails as one list. Each is read in its own order, and begun again where the page before has left it. */
@Injectable()
export class ListAudit {
  constructor(private readonly trails: Trails) {}

  async run({ before, limit, ...filter }: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const places = readCursor(before, this.trails.services);
    const found = await Promise.all(
      this.trails.services.map(async (service) => {
        const place = places.get(service);
        const wanted = { ...filter, limit, ...(place === undefined ? {} : { before: place }) };
        return { service, entries: await this.trails.list(service, wanted) };
      }),
    );
    const lists = found.map((trail) => trail.entries ?? []);
    const entries = newest(lists, limit);
    // What is added meanwhile to a trail that nothing is taken of yet is newer than this page.
    for (const [first] of lists)
      if (first !== undefined && !places.has(first.service)) places.set(first.service, first.sequence + 1);
    for (const { service, sequence } of entries) places.set(service, sequence);
    const isMore = lists.some(({ length }) => length === limit) || lists.flat().length > limit;
    return {
      entries,
      next_before: isMore ? writeCursor(places) : null,
      unanswered: found.flatMap((trail) => (trail.entries === undefined ? [trail.service] : [])),
    };
  }
}

/** The newest of several lists, each of which stays in its order, whatever its times say. */
export function newest(lists: readonly (readonly AuditEntryData[])[], limit: number): AuditEntryData[] {
  const rest = lists.map((list) => [...list]);
  const merged: AuditEntryData[] = [];
  while (merged.length < limit) {
    const next = rest.toSorted((one, other) => (other[0]?.time ?? '').localeCompare(one[0]?.time ?? ''))[0]?.shift();
    if (next === undefined) break;
    merged.push(next);
  }
  return merged;
}
