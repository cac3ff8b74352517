import { errorFromStatus } from '../errors/error-from-status.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { listAt, textAt, type JsonObject } from '../json.ts';
import { parseJson } from './parse-json.ts';

const EXIT_CODE_MAX = 255;

/**
 * What an API server says at the end of a command: the exit code of the process.
 * @throws KubernetesApiError where there was no process, with what hindered it
 */
export function readExecStatus(text: string, command: readonly string[]): number {
  const status = parseJson(text);
  if (textAt(status, ['status']) === 'Success') return 0;
  const exitCode = exitCodeOf(status);
  if (exitCode !== undefined) return exitCode;
  const code = typeof status['code'] === 'number' ? status['code'] : 500;
  throw inWords(errorFromStatus(code, JSON.stringify({ ...status, kind: 'Status' })), command);
}

function exitCodeOf(status: JsonObject): number | undefined {
  if (textAt(status, ['reason']) !== 'NonZeroExitCode') return undefined;
  const cause = listAt(status, ['details', 'causes']).find((each) => each['reason'] === 'ExitCode');
  const code = Number(cause?.['message']);
  return Number.isInteger(code) && code > 0 && code <= EXIT_CODE_MAX ? code : 1;
}

/** What nodes and runtimes say when there is no process to talk to; texts of kubelet, containerd and CRI-O over runc and crun. */
export function inWords(error: KubernetesApiError, [program = '']: readonly string[] = []): KubernetesApiError {
  const { message } = error;
  if (/executable file .*not found|exec: ".*": .*(no such file|not a directory)|stat .*: no such file/i.test(message))
    return refused('CommandNotFound', `there is no “${program}” in this container`);
  if (/permission denied/i.test(message) && /exec/i.test(message))
    return refused('CommandNotFound', `“${program}” may not be run in this container: permission denied`);
  if (
    /container not found|not running|is in .*(EXITED|CREATED|UNKNOWN)|stopped container|pod not found|host assigned/i.test(
      message,
    )
  )
    return refused('ContainerNotRunning', 'the container is not running');
  return error;
}

function refused(reason: 'CommandNotFound' | 'ContainerNotRunning', message: string): KubernetesApiError {
  return new KubernetesApiError({ httpStatus: 400, reason, message });
}
