import { describe, expect, it } from '@jest/globals';
import { uploadLimits, type DomainError } from '@ushadow/contracts';
import { checkFiles } from './check-files.ts';

const file = (path: string, bytes = 1) => ({ path, content: new Uint8Array(bytes), executable: false });

function refusal(...files: ReturnType<typeof file>[]): DomainError | undefined {
  try {
    checkFiles(files);
    return undefined;
  } catch (error) {
    return error as DomainError;
  }
}

describe('checkFiles', () => {
  it('takes ordinary files', () => {
    expect(refusal(file('compose.yaml'), file('.env'), file('conf/nginx/default.conf'))).toBeUndefined();
  });

  it.each([
    '/etc/passwd',
    'C:\\x',
    'C:/x',
    '../x',
    'a/../../x',
    'a//b',
    './a',
    'a/./b',
    'a/',
    'a\\..\\b',
    'a\u0000b',
    'a\nb',
    'x'.repeat(501),
    'd/'.repeat(21) + 'x',
  ])('refuses the path %j, and says why', (path) => {
    expect(refusal(file('compose.yaml'), file(path))).toMatchObject({
      code: 'UPLOAD_INVALID',
      details: { problems: [{ path, problem: expect.any(String) }] },
    });
  });

  it('refuses two files of one path, and a file that is a folder too', () => {
    expect(refusal(file('a'), file('a'))?.details).toEqual({ problems: [{ path: 'a', problem: 'is there twice' }] });
    expect(refusal(file('a'), file('a/b'))?.details).toEqual({
      problems: [{ path: 'a', problem: 'is a file and a folder' }],
    });
  });

  it('names every file that it refuses', () => {
    expect(refusal(file('../a'), file('../b'))?.details).toMatchObject({ problems: [{}, {}] });
  });

  it('refuses more than it has room for, and says how much that is', () => {
    const many = Array.from({ length: uploadLimits.files + 1 }, (_, index) => file(String(index)));
    const large = Array.from({ length: 5 }, (_, index) => file(String(index), uploadLimits.fileBytes));
    for (const files of [many, large, [file('a', uploadLimits.fileBytes + 1)]]) {
      expect(refusal(...files)).toMatchObject({ code: 'UPLOAD_TOO_LARGE', message: expect.stringContaining('4 MiB') });
    }
  });
});
