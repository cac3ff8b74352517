import { describe, expect, it } from '@jest/globals';
import { AuthorizationError, NoRespondersError, PermissionViolationError, TimeoutError } from '@nats-io/transport-node';
import { natsPermissions } from '@ushadow/contracts';
import { connectProblem, rightsProblem, unansweredProblem, versionProblem } from './bus-admission.ts';

describe('a NATS server', () => {
  it.each(['2.9.25', '2.10.29', '2.11.14', '2.12.0', '2.12.5', '1.4.1', ''])('of version %j is refused', (version) => {
    expect(versionProblem(version)).toMatch(/advisories/);
  });

  it.each(['2.11.15', '2.12.6', '2.12.6-RC.1', '2.13.0', '2.15.2', '3.0.0'])('of version %s is taken', (version) => {
    expect(versionProblem(version)).toBeUndefined();
  });

  const granted = (without: string) => {
    const { publish, subscribe } = natsPermissions('scanner');
    const but = (subjects: readonly string[]) => ({ allow: subjects.filter((subject) => subject !== without) });
    return { data: { user: 'U', permissions: { publish: but(publish), subscribe: but(subscribe) } } };
  };

  it('that grants what the contracts need is used, also where it grants more', () => {
    expect(rightsProblem('scanner', granted(''))).toBeUndefined();
  });

  it.each(['ushadow.v1.scanner.scan-infra', 'ushadow.v1.cluster.open-connection.scanner', '_INBOX_scanner.>'])(
    'whose rights lack %s is not used, and what to do is said in one sentence',
    (subject) => {
      const problem = rightsProblem('scanner', granted(subject));
      expect(problem).toContain(`older than this version: ${subject} is not among them`);
      expect(problem).toContain('npm run bus -- config');
    },
  );

  it('that refuses the question, grants too little, or gives no answer in time, is explained in three sentences', () => {
    const refusal = new PermissionViolationError('no', 'publish', '$SYS.REQ.USER.INFO');
    const sentences = [
      unansweredProblem('scanner', refusal),
      rightsProblem('scanner', granted('_INBOX_scanner.>')),
      unansweredProblem('scanner', new TimeoutError()),
    ];
    expect(sentences).toEqual([
      expect.stringMatching(/refuses scanner the question.*npm run bus/),
      expect.stringMatching(/older than this version.*npm run bus/),
      expect.stringMatching(/no answer in time.*asked again/),
    ]);
    expect(sentences[2]).not.toContain('npm run bus');
    expect(unansweredProblem('scanner', new NoRespondersError('$SYS'))).toMatch(/did not say.*asked again/);
  });

  it('that lets everybody in is not used', () => {
    expect(rightsProblem('scanner', { data: { user: '' } })).toMatch(/do anything/);
  });

  it('that does not know the key says so; one that is merely away says nothing', () => {
    expect(connectProblem('scanner', new Error("'Authorization Violation'"))).toMatch(
      /does not know the key of scanner/,
    );
    const slow = new AuthorizationError("'Authentication Timeout'");
    expect(connectProblem('scanner', slow)).toMatch(/the way there is slow/);
    expect(connectProblem('scanner', new Error('connection refused'))).toBeUndefined();
    expect(connectProblem('scanner', new Error("server does not support 'tls'"))).toMatch(/nothing is sent in clear/);
  });
});
