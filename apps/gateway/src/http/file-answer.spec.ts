import { StreamableFile } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { asAsked } from './file-answer.ts';

const http = { method: 'GET', path: '/api/x', answer: 'file' } as const;
const file = { name: 'a"b.zip', media_type: 'application/zip', encoding: 'base64', content: 'AAEC' };

describe('a file as an answer', () => {
  it('is its bytes, to be saved under its name, for a browser and for curl', () => {
    for (const accept of ['text/html,*/*;q=0.8', '*/*', undefined]) {
      const answer = asAsked(http, { headers: accept === undefined ? {} : { accept } }, file);
      expect(answer).toBeInstanceOf(StreamableFile);
      expect((answer as StreamableFile).getHeaders()).toEqual({
        type: 'application/zip',
        disposition: 'attachment; filename="a_b.zip"',
        length: 3,
      });
    }
  });

  it('is JSON for whoever asks for that, and every other answer is what it was', () => {
    expect(asAsked(http, { headers: { accept: 'application/json' } }, file)).toBe(file);
    expect(asAsked({ method: 'GET', path: '/api/x' }, { headers: {} }, file)).toBe(file);
  });
});
