import { DomainError, type AuditEntryData } from '@ushadow/contracts';

type Service = AuditEntryData['service'];

/** How far each trail was read: the number of its last entry on the page before. */
export type Places = Map<Service, number>;

/** `cluster.12~deployer.40` */
export function writeCursor(places: Places): string {
  return [...places].map(([service, sequence]) => `${service}.${String(sequence)}`).join('~');
}

/** @throws DomainError for a cursor that nobody made */
export function readCursor(text: string | undefined, services: readonly Service[]): Places {
  if (text === undefined) return new Map();
  const places = text.split('~').map((part): [Service, number] => {
    const [, name, sequence] = /^([a-z]+)\.([1-9][0-9]{0,14})$/.exec(part) ?? [];
    const service = services.find((each) => each === name);
    if (service === undefined) {
      const issues = [{ path: 'before', message: 'is not the `next_before` of a page' }];
      throw new DomainError('INVALID_INPUT', 'invalid', 'before: is not the `next_before` of a page', {
        details: { issues },
      });
    }
    return [service, Number(sequence)];
  });
  return new Map(places);
}
