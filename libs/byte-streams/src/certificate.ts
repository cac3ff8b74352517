import 'reflect-metadata';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { createHash, randomBytes, webcrypto, type X509Certificate } from 'node:crypto';

/** What one side shows to the other, made in memory and never stored. */
export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  /** Of its DER, in hex: what the other side is told over the bus, and holds it to. */
  readonly sha256: string;
  readonly renewAt: number;
}

const LIFE_MS = 24 * 3_600_000;
/** Clocks differ. */
const EARLIER_MS = 300_000;
const SERIAL_BYTES = 16;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A key and a certificate that it signs itself; half of its life is left when the next one is made. */
export async function makeCertificate(now = Date.now()): Promise<Certificate> {
  const { subtle } = webcrypto;
  const keys = (await subtle.generateKey(ECDSA, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: randomBytes(SERIAL_BYTES).toString('hex'),
      name: 'CN=ushadow byte streams',
      notBefore: new Date(now - EARLIER_MS),
      notAfter: new Date(now + LIFE_MS),
      signingAlgorithm: ECDSA,
      keys,
    },
    webcrypto as webcrypto.Crypto,
  );
  return {
    cert: made.toString('pem'),
    key: PemConverter.encode(await subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    sha256: digestOf(new Uint8Array(made.rawData)),
    renewAt: now + LIFE_MS / 2,
  };
}

/** Digest of what the other side showed; undefined where that was nothing, or is past its time. */
export function shown(certificate: X509Certificate | undefined, now = Date.now()): string | undefined {
  if (certificate === undefined || Date.parse(certificate.validTo) <= now) return undefined;
  return digestOf(certificate.raw);
}

function digestOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** The certificate of this process: made at first use, and anew before it ends. */
export class OwnCertificate {
  private made: Certificate | undefined;
  private making: Promise<Certificate> | undefined;

  async current(): Promise<Certificate> {
    if (this.made !== undefined && this.made.renewAt > Date.now()) return this.made;
    this.making ??= makeCertificate().finally(() => {
      this.making = undefined;
    });
    this.made = await this.making;
    return this.made;
  }
}
