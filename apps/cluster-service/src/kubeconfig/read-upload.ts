import { failure, operations } from '@ushadow/contracts';
import {
  parseKubeconfig,
  type KubeconfigProblem,
  type KubeconfigProblemCode,
  type ClusterConnection,
} from '@ushadow/kubernetes';
import { certificateProblems } from '../credentials/certificate-problems.ts';

const MAX_BYTES = 256 * 1024;

/** Fields that are never done for an upload, as against mistakes in it. */
const refusedCodes: ReadonlySet<string> = new Set<KubeconfigProblemCode>([
  'CA_FILE',
  'INSECURE_TLS',
  'PROXY_URL',
  'EXEC_PLUGIN',
  'AUTH_PROVIDER',
  'TOKEN_FILE',
  'CLIENT_CERTIFICATE_FILE',
  'CLIENT_KEY_FILE',
  'BASIC_AUTH',
  'IMPERSONATION',
]);

export interface UploadedKubeconfig {
  readonly context: string;
  readonly contexts: readonly string[];
  /** Fields that were not taken over. */
  readonly dropped: readonly string[];
  /** The context's own namespace: a suggestion. */
  readonly namespace: string | undefined;
  readonly connection: ClusterConnection;
}

/**
 * Reads what a user uploaded: base64, then UTF-8, then YAML, then the chosen context.
 * Throws KUBECONFIG_INVALID or KUBECONFIG_REFUSED with every problem: field, position, what to do; never a value.
 */
export function readUpload(base64: string, context: string | undefined): UploadedKubeconfig {
  return readKubeconfig(decode(base64), context);
}

/** The same for a text that is already at hand. */
export function readKubeconfig(text: string, context: string | undefined): UploadedKubeconfig {
  const result = parseKubeconfig(text, context);
  if (!result.ok)
    throw problemsFound(
      result.problems,
      result.contexts.map(({ name }) => name),
    );
  const { context: chosen, connection, dropped, placeOf } = result;
  const unusable = certificateProblems(connection, placeOf, new Date());
  const contexts = result.contexts.map(({ name }) => name);
  if (unusable.length > 0) throw problemsFound(unusable, contexts);
  return { context: chosen.name, contexts, namespace: chosen.namespace, connection, dropped };
}

function decode(base64: string): string {
  const compact = base64.replace(/\s+/g, '');
  const bytes = Buffer.from(compact, 'base64');
  // Node skips what is no base64; only text that comes out the same again was base64.
  if (bytes.toString('base64').replace(/=+$/, '') !== compact.replace(/=+$/, '')) {
    throw unreadable('NOT_BASE64', 'it is not base64', 'send the file’s bytes as base64');
  }
  if (bytes.length > MAX_BYTES) {
    const message = `it has more than ${String(MAX_BYTES / 1024)} KiB`;
    throw unreadable('TOO_LARGE', message, 'send one context only: `kubectl config view --minify --flatten --raw`');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('NOT_UTF8', 'it is not valid UTF-8 text', 'save the file as UTF-8');
  }
}

function unreadable(code: 'NOT_BASE64' | 'NOT_UTF8' | 'TOO_LARGE', message: string, remedy: string) {
  return problemsFound([{ code, path: '', message, remedy }], []);
}

/** A problem of the document, or of the upload around it. */
type UploadProblem = Omit<KubeconfigProblem, 'code'> & { readonly code: string };

function problemsFound(problems: readonly UploadProblem[], contexts: readonly string[]) {
  const code = problems.some((problem) => refusedCodes.has(problem.code)) ? 'KUBECONFIG_REFUSED' : 'KUBECONFIG_INVALID';
  const text = problems.map(describe).join(' ');
  return failure(operations.registerCluster, code, `The kubeconfig cannot be used. ${text}`, {
    details: { problems, contexts },
  });
}

function describe({ path, message, remedy, line, column }: UploadProblem): string {
  const place = line === undefined ? '' : `line ${String(line)}, column ${String(column ?? 1)}`;
  const where = [path, place].filter((part) => part !== '').join(', ');
  return `${where === '' ? '' : `${where}: `}${message}; ${remedy}.`;
}
