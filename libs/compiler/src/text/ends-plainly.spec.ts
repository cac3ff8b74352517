import { describe, expect, it } from '@jest/globals';
import { endsPlainly } from './ends-plainly.ts';

describe('endsPlainly', () => {
  it.each([
    ['true'],
    ['/bin/true'],
    ['echo', 'done'],
    ['sh', '-c', 'exit 0'],
    ['/bin/bash', '-ec', 'mc alias set a http://minio; mc mb a/b; exit 0;'],
    ['sh', '-c', 'chown -R 1000 /data && true'],
    ['sh', '-c', 'echo ready'],
  ])('%s %s %s ends', (...command) => {
    expect(endsPlainly({ entrypoint: undefined, command })).toBe(true);
    expect(endsPlainly({ entrypoint: command, command: undefined })).toBe(true);
  });

  it.each([
    ['migrate'],
    ['npm', 'run', 'migrate'],
    ['sh', '-c', 'serve || exit 1'],
    ['sh', '-c', 'trap "exit 0" TERM; serve'],
    ['sh', '-c', 'while true; do work; sleep 1; done; exit 0'],
    ['sh', '-c', 'tail -f /dev/null; exit 0'],
    ['sh', '-c', 'exec serve; exit 1'],
    ['sh', '-c', 'echo starting && serve'],
    ['serve', 'exit', '0'],
  ])('of %s %s %s nothing is known', (...command) => {
    expect(endsPlainly({ entrypoint: undefined, command })).toBe(false);
  });
});
