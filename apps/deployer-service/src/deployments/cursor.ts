import { DomainError } from '@ushadow/contracts';

/** The last row of a page, for the page that follows. */
export function encodeCursor({ createdAt, id }: { readonly createdAt: Date; readonly id: string }): string {
  return Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url');
}

/** A cursor that nobody made is refused: the first page again would look like the next one. */
export function decodeCursor(cursor: string): { createdAt: Date; id: string } {
  const [time, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const createdAt = new Date(time ?? '');
  if (id === undefined || Number.isNaN(createdAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) {
    const issues = [{ path: 'cursor', message: 'is not the `next_cursor` of a page' }];
    throw new DomainError('INVALID_INPUT', 'invalid', 'cursor: is not the `next_cursor` of a page', {
      details: { issues },
    });
  }
  return { createdAt, id };
}
