import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.ts';

describe('a cursor', () => {
  it('leads back to the row that it was made of', () => {
    const row = fc.record({ createdAt: fc.date({ noInvalidDate: true, min: new Date(0) }), id: fc.uuid() });
    fc.assert(fc.property(row, (made) => expect(decodeCursor(encodeCursor(made))).toEqual(made)));
  });

  it.each(['nonsense', '', '0', Buffer.from('yesterday 1').toString('base64url')])(
    'that nobody made is refused: %j',
    (text) => {
      expect(() => decodeCursor(text)).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          details: { issues: [expect.objectContaining({ path: 'cursor' })] },
        }),
      );
    },
  );
});
