import { describe, expect, it } from '@jest/globals';
import type { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { readExecStatus } from './exec-status.ts';

const failed = (message: string, more: object = {}): string =>
  JSON.stringify({ metadata: {}, status: 'Failure', message, reason: 'InternalError', code: 500, ...more });
const exited = (code: string): string =>
  failed('command terminated with non-zero exit code', {
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: code }] },
  });
const refusal = (message: string): Pick<KubernetesApiError, 'reason' | 'message'> => {
  try {
    readExecStatus(failed(message), ['bash', '-l']);
  } catch (error) {
    return error as KubernetesApiError;
  }
  throw new Error('it was taken for an exit code');
};

describe('what an API server says at the end of a command', () => {
  it('is the exit code of the process, whatever it was', () => {
    const all = [JSON.stringify({ status: 'Success' }), exited('7'), exited('137'), exited('255')];
    expect(all.map((text) => readExecStatus(text, ['sh']))).toEqual([0, 7, 137, 255]);
  });

  it('is no exit code of 0 where none can be read', () => {
    expect([exited('x'), exited('-1'), exited('256')].map((text) => readExecStatus(text, ['sh']))).toEqual([1, 1, 1]);
  });

  it.each([
    'error executing command in container: failed to exec in container: failed to start exec "4f": OCI runtime exec failed: exec failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown',
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/bash": stat /bin/bash: no such file or directory: unknown',
    'executable file `bash` not found in $PATH: No such file or directory',
  ])('says which program an image has not: %s', (message) => {
    expect(refusal(message)).toMatchObject({
      reason: 'CommandNotFound',
      message: 'there is no “bash” in this container',
    });
  });

  it.each([
    'unable to upgrade connection: container not found ("web")',
    'container is in CONTAINER_EXITED state',
    'error: cannot exec in a stopped container',
  ])('says that a container does not run: %s', (message) => {
    expect(refusal(message)).toMatchObject({ reason: 'ContainerNotRunning', message: 'the container is not running' });
  });

  it('is passed on where it is anything else', () => {
    expect(refusal('error dialing backend: EOF')).toMatchObject({
      reason: 'InternalError',
      message: 'error dialing backend: EOF',
    });
  });

  it('is refused where it is no status', () => {
    expect(() => readExecStatus('not json', ['sh'])).toThrow('not what a Kubernetes API server sends');
  });
});
