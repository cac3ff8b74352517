import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { der } from './der.ts';

/** A TLS server's certificate that is its own authority, with its private key; both PEM. */
export type SelfSigned = { readonly certificate: string; readonly privateKey: string };

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const BASIC_CONSTRAINTS = '2.5.29.19';
const SUBJECT_ALT_NAME = '2.5.29.17';

export interface SelfSignedOptions {
  /** 2020 by default. */
  readonly validFrom?: Date;
  /** 2100 by default. */
  readonly validTo?: Date;
  /** Instead of `localhost` and 127.0.0.1. */
  readonly dnsName?: string;
}

/** node:crypto makes keys but no certificates. */
export function selfSigned(commonName: string, options: SelfSignedOptions = {}): SelfSigned {
  const { validFrom = new Date('2020-01-01T00:00:00Z'), validTo = new Date('2100-01-01T00:00:00Z'), dnsName } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = der.sequence(der.objectId(ECDSA_WITH_SHA256));
  const name = der.sequence(der.set(der.sequence(der.objectId(COMMON_NAME), der.utf8(commonName))));
  const content = der.sequence(
    der.context(0, true, der.integer(Buffer.from([2]))), // version 3
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    der.sequence(der.time(validFrom), der.time(validTo)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.context(3, true, extensions(dnsName)),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = der.sequence(content, algorithm, der.bitString(signature));
  return {
    certificate: pem('CERTIFICATE', certificate),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function extensions(dnsName: string | undefined): Buffer {
  const own = [der.context(2, false, Buffer.from('localhost')), der.context(7, false, Buffer.from([127, 0, 0, 1]))];
  const names = der.sequence(...(dnsName === undefined ? own : [der.context(2, false, Buffer.from(dnsName))]));
  return der.sequence(
    der.sequence(der.objectId(BASIC_CONSTRAINTS), der.boolean(true), der.octetString(der.sequence(der.boolean(true)))),
    der.sequence(der.objectId(SUBJECT_ALT_NAME), der.octetString(names)),
  );
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
