import type { ClusterAuth } from '../connection.ts';
import type { NamedEntry } from './entries.ts';
import { textField } from './entries.ts';
import { FORBIDDEN_USER_FIELDS } from './field-rules.ts';
import { isPemData } from '../connection.ts';
import type { ProblemList } from './problem-list.ts';
import { refuseFields } from './refuse-fields.ts';

const TOKEN = /^[\x21-\x7e]{1,16384}$/;
const COPY_WHOLE = 'copy the field whole, on one line';

/** The credential half of a connection; undefined, with problems, when there is none to use. */
export function readAuth(entry: NamedEntry, problems: ProblemList): ClusterAuth | undefined {
  const before = problems.all.length;
  refuseFields(entry, FORBIDDEN_USER_FIELDS, problems);
  const token = textField(entry.body, 'token')?.trim();
  if (token !== undefined) {
    if (TOKEN.test(token)) return { token };
    problems.add('TOKEN_INVALID', [...entry.path, 'token'], 'the token is not one line of printable text', COPY_WHOLE);
    return undefined;
  }
  return readCertificate(entry, problems, before);
}

function readCertificate(entry: NamedEntry, problems: ProblemList, before: number): ClusterAuth | undefined {
  const certificate = textField(entry.body, 'client-certificate-data')?.trim();
  const key = textField(entry.body, 'client-key-data')?.trim();
  if (certificate === undefined && key === undefined) {
    // A refused sign-in method already says what to do.
    if (problems.all.length === before) {
      const remedy = 'add a token, or client-certificate-data and client-key-data';
      problems.add('CREDENTIALS_MISSING', entry.path, 'the user has no credential', remedy);
    }
    return undefined;
  }
  const code = 'CLIENT_CERTIFICATE_INVALID';
  if (certificate === undefined || !isPemData(certificate, 'CERTIFICATE')) {
    const path = [...entry.path, 'client-certificate-data'];
    problems.add(code, path, 'missing, or not base64 of a PEM certificate', COPY_WHOLE);
    return undefined;
  }
  if (key === undefined || !isPemData(key, 'PRIVATE KEY')) {
    problems.add(code, [...entry.path, 'client-key-data'], 'missing, or not base64 of a PEM private key', COPY_WHOLE);
    return undefined;
  }
  return { clientCertificateData: certificate, clientKeyData: key };
}
