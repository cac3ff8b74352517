import { clusterTarget } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@ushadow/observability';
import { logEnd } from './end-line.ts';
import { cancelledVerdict } from './verdicts.ts';
import { endedVerdict } from '../worker/finish/to-verdict.ts';

const deployment = {
  id: 'd1',
  project: 'shop',
  services: ['web'],
  target: clusterTarget('0011223344556677'),
  namespace: 'demo',
  requestId: 'r1',
};

describe('the line that says how a deployment ended', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ service: 'test', level: 'info', redact: (line) => line, destination });
  const ended = (...end: Parameters<typeof logEnd> extends [unknown, ...infer Rest] ? Rest : never): unknown => {
    logEnd(logger, ...end);
    return JSON.parse(lines.pop() ?? '');
  };

  it('R103: is an error for a failed one, with service, cluster, namespace and request', () => {
    expect(ended(deployment, endedVerdict('failed', 'IMAGE_NOT_FOUND', 'there is no such image'))).toMatchObject({
      level: 50,
      msg: 'deployment of shop/web failed: IMAGE_NOT_FOUND',
      deploymentId: 'd1',
      project: 'shop',
      services: ['web'],
      cluster: '0011223344556677',
      namespace: 'demo',
      requestId: 'r1',
      verdict: { reason: 'there is no such image' },
    });
  });

  it('is no error for one that somebody ended', () => {
    expect(ended({ ...deployment, services: ['db', 'web'] }, cancelledVerdict('ann'))).toMatchObject({
      level: 30,
      msg: expect.stringMatching(/^deployment of shop cancelled/),
    });
  });

  it('says that it was found out later', () => {
    const settled = { time: new Date().toISOString(), from: 'unknown' } as const;
    expect(ended(deployment, { ...endedVerdict('failed', 'INCOMPLETE', 'gone'), settled })).toMatchObject({
      msg: 'deployment of shop/web settled as failed: INCOMPLETE',
    });
  });
});
