import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlaneLayout } from './layout.ts';

const AUDIT_POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: Metadata
`;

/** Makes the cluster's keys and the administrator's token once, and gives the token back. */
export async function prepareCredentials(layout: ControlPlaneLayout): Promise<string> {
  await mkdir(layout.certificates, { recursive: true, mode: 0o700 });
  await writeFile(layout.auditPolicy, AUDIT_POLICY);
  if (!existsSync(layout.serviceAccountKey)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(layout.serviceAccountKey, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  if (!existsSync(layout.tokens)) {
    const token = randomBytes(24).toString('base64url');
    await writeFile(layout.tokens, `${token},admin,1,"system:masters"\n`, { mode: 0o600 });
  }
  const [token = ''] = (await readFile(layout.tokens, 'utf8')).split(',');
  return token;
}

/** The certificate kube-apiserver signed for itself at its first start: it carries its own authority. */
export async function readServerCertificate({ certificates }: ControlPlaneLayout): Promise<string> {
  return readFile(join(certificates, 'apiserver.crt'), 'utf8');
}
