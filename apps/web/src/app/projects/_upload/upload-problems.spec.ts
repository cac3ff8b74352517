import { uploadLimits } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { selectFiles } from './select-files.ts';
import { uploadProblems } from './upload-problems.ts';

const { files: FILES_MAX, fileBytes, totalBytes } = uploadLimits;
const problems = (...sizes: number[]) =>
  uploadProblems(selectFiles(sizes.map((size, index) => ({ path: `file-${String(index)}`, size })))).map(
    ({ where, what }) => [where, what],
  );

describe('uploadProblems', () => {
  it('has nothing against files within the limits of the contract', () => {
    expect(problems(fileBytes, 1)).toEqual([]);
  });

  it('names each file that is too large', () => {
    expect(problems(1, fileBytes + 1)).toEqual([['file-1', 'Larger than 1 MiB.']]);
    expect(problems(2 * fileBytes)).toEqual([['file-0', 'Larger than 1 MiB.']]);
  });

  it('counts bytes and files together', () => {
    expect(problems(...Array.from({ length: 5 }, () => fileBytes))).toEqual([[null, 'Larger than 4 MiB together.']]);
    expect(problems(...Array.from({ length: FILES_MAX + 1 }, () => 1))).toEqual([[null, 'More than 500 files.']]);
  });

  it('takes an archive as large as all files together', () => {
    const archive = (size: number) => uploadProblems(selectFiles([{ path: 'a.zip', size }]));
    expect(archive(totalBytes)).toEqual([]);
    expect(archive(2 * totalBytes)).toMatchObject([{ where: 'a.zip' }]);
  });

  it('refuses nothing at all', () => {
    expect(problems()).toEqual([[null, 'There is no file in it.']]);
  });
});
