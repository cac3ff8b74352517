import type { ClusterConnection } from '../connection.ts';
import { isDnsLabel } from '../names/dns-label.ts';
import { readAuth } from './read-auth.ts';
import { readCluster } from './read-cluster.ts';
import type { NamedEntry, YamlMap } from './entries.ts';
import { formatPath, namedEntries, textField } from './entries.ts';
import { KNOWN_FIELDS } from './field-rules.ts';
import type { KubeconfigProblem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import { readDocument } from './read-document.ts';

export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace?: string;
}

export type CredentialField = 'certificate-authority-data' | 'client-certificate-data' | 'client-key-data' | 'token';

export type KubeconfigResult =
  | {
      readonly ok: true;
      readonly contexts: readonly KubeconfigContext[];
      /** The context that was read. */
      readonly context: KubeconfigContext;
      readonly connection: ClusterConnection;
      /** Paths of fields that were not taken over. */
      readonly dropped: readonly string[];
      /** Where a field of the chosen context is written, for problems that only cryptography can find. */
      readonly placeOf: (field: CredentialField) => Pick<KubeconfigProblem, 'path' | 'line' | 'column'>;
    }
  | {
      readonly ok: false;
      /** Empty when the document could not be read. */
      readonly contexts: readonly KubeconfigContext[];
      readonly problems: readonly KubeconfigProblem[];
    };

/**
 * Reads one context of a kubeconfig into a connection, by allow-list and without touching files, processes or the
 * network. All problems of the chosen context are reported at once, never with a value of the document.
 *
 * @param contextName the context to read; absent: `current-context`, or the only one there is.
 */
export function parseKubeconfig(text: string, contextName?: string): KubeconfigResult {
  const document = readDocument(text);
  if ('code' in document) return { ok: false, contexts: [], problems: [document] };
  const { root } = document;
  const problems = new ProblemList((path) => document.locate(path));
  const entries = namedEntries(root, 'contexts', 'context');
  const contexts = entries.map(toContext);
  const chosen = chooseContext(root, entries, contextName, problems);
  if (chosen === undefined) return { ok: false, contexts, problems: problems.all };

  const cluster = find(root, 'clusters', 'cluster', chosen, problems);
  const user = find(root, 'users', 'user', chosen, problems);
  const context = toContext(chosen);
  if (context.namespace !== undefined && !isDnsLabel(context.namespace)) {
    problems.add('NAMESPACE_INVALID', [...chosen.path, 'namespace'], 'the namespace is not a valid name', CORRECT);
  }
  const endpoint = cluster === undefined ? undefined : readCluster(cluster, problems);
  const auth = user === undefined ? undefined : readAuth(user, problems);
  if (!cluster || !user || endpoint === undefined || auth === undefined || problems.all.length > 0) {
    return { ok: false, contexts, problems: problems.all };
  }
  const dropped = [
    ...unknownKeys(root, KNOWN_FIELDS.document),
    ...droppedFields(chosen, KNOWN_FIELDS.context),
    ...droppedFields(cluster, KNOWN_FIELDS.cluster),
    ...droppedFields(user, KNOWN_FIELDS.user),
  ];
  const placeOf = (field: CredentialField) => {
    const path = [...(field === 'certificate-authority-data' ? cluster : user).path, field];
    return { path: formatPath(path), ...document.locate(path) };
  };
  return { ok: true, contexts, context, connection: { ...endpoint, auth }, dropped, placeOf };
}

const CORRECT = 'correct the field, or remove it';

function toContext(entry: NamedEntry): KubeconfigContext {
  const namespace = textField(entry.body, 'namespace');
  return {
    name: entry.name,
    cluster: textField(entry.body, 'cluster') ?? '',
    user: textField(entry.body, 'user') ?? '',
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function chooseContext(
  root: YamlMap,
  entries: readonly NamedEntry[],
  wanted: string | undefined,
  problems: ProblemList,
): NamedEntry | undefined {
  const name = wanted ?? textField(root, 'current-context') ?? (entries.length === 1 ? entries[0]?.name : undefined);
  if (entries.length === 0) {
    const remedy = 'paste the whole output of `kubectl config view --raw --minify`';
    problems.add('NOT_A_KUBECONFIG', ['contexts'], 'the document has no contexts', remedy);
    return undefined;
  }
  if (name === undefined) {
    problems.add('CONTEXT_MISSING', ['current-context'], 'no context is chosen', 'choose one of the listed contexts');
    return undefined;
  }
  const [found, second] = entries.filter((entry) => entry.name === name);
  if (second !== undefined) addAmbiguous(second, 'context', problems);
  if (found === undefined) {
    const path = wanted === undefined ? ['current-context'] : ['contexts'];
    problems.add('CONTEXT_UNKNOWN', path, 'the chosen context is not in the file', 'choose one of the listed contexts');
  }
  return found;
}

function find(
  root: YamlMap,
  list: 'clusters' | 'users',
  field: 'cluster' | 'user',
  context: NamedEntry,
  problems: ProblemList,
): NamedEntry | undefined {
  const name = textField(context.body, field);
  const [found, second] = namedEntries(root, list, field).filter((entry) => entry.name === name);
  if (second !== undefined) addAmbiguous(second, field, problems);
  if (found === undefined) {
    const code = field === 'cluster' ? 'CLUSTER_UNKNOWN' : 'USER_UNKNOWN';
    const remedy = `add the ${field} to \`${list}\`, or choose another context`;
    problems.add(code, [...context.path, field], `the context names a ${field} that is not in the file`, remedy);
  }
  return found;
}

/** kubectl takes one of them; which one would be ours to guess. */
function addAmbiguous(second: NamedEntry, kind: string, problems: ProblemList): void {
  const place = [...second.path.slice(0, -1), 'name'];
  problems.add(
    'NAME_AMBIGUOUS',
    place,
    `two entries have the name of the chosen ${kind}`,
    'rename or remove one of the two',
  );
}

function droppedFields(entry: NamedEntry, known: readonly string[]): string[] {
  return unknownKeys(entry.body, known).map((key) => `${formatPath(entry.path)}.${key}`);
}

function unknownKeys(map: YamlMap, known: readonly string[]): string[] {
  return [...map.keys()].filter((key): key is string => typeof key === 'string' && !known.includes(key));
}
