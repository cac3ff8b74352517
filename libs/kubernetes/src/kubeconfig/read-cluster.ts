import type { ClusterConnection } from '../connection.ts';
import { isDnsSubdomain } from '../names/validators.ts';
import type { NamedEntry } from './entries.ts';
import { textField } from './entries.ts';
import { FORBIDDEN_CLUSTER_FIELDS } from './field-rules.ts';
import { isPemData } from '../connection.ts';
import type { ProblemList } from './problem-list.ts';
import { refuseFields } from './refuse-fields.ts';
import { readServer } from './read-server.ts';

/** The endpoint half of a connection; undefined, with problems, when it cannot be used. */
export function readCluster(entry: NamedEntry, problems: ProblemList): Omit<ClusterConnection, 'auth'> | undefined {
  refuseFields(entry, FORBIDDEN_CLUSTER_FIELDS, problems);
  const server = readServer(entry, problems);
  const caData = textField(entry.body, 'certificate-authority-data')?.trim();
  if (caData !== undefined && !isPemData(caData, 'CERTIFICATE')) {
    const path = [...entry.path, 'certificate-authority-data'];
    problems.add('CA_INVALID', path, 'not base64 of a PEM certificate', 'copy the field whole, on one line');
  }
  const tlsServerName = textField(entry.body, 'tls-server-name');
  if (tlsServerName !== undefined && !isDnsSubdomain(tlsServerName.toLowerCase())) {
    const path = [...entry.path, 'tls-server-name'];
    problems.add('TLS_SERVER_NAME_INVALID', path, 'not a host name', 'correct the field, or remove it');
  }
  if (server === undefined) return undefined;
  return {
    server,
    ...(caData === undefined ? {} : { caData }),
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
  };
}
