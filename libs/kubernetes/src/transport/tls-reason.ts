interface TlsRow {
  readonly codes: RegExp;
  readonly reason: string;
}

/** First row that matches. */
const ROWS: readonly TlsRow[] = [
  { codes: /^CERT_HAS_EXPIRED$/, reason: 'the API server’s certificate has expired' },
  { codes: /^CERT_NOT_YET_VALID$/, reason: 'the API server’s certificate is not valid yet' },
  {
    codes: /ALTNAME_INVALID|^HOSTNAME_MISMATCH$/,
    reason: 'the API server’s certificate is for other names than the one it is reached by',
  },
  { codes: /^DEPTH_ZERO_SELF_SIGNED_CERT$/, reason: 'the API server’s certificate is self-signed and not trusted' },
  {
    codes: /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ISSUER|INVALID_CA|SIGNATURE/,
    reason: 'the API server’s certificate was not issued by the trusted authority',
  },
  { codes: /REVOKED|CRL/, reason: 'the API server’s certificate was revoked, or that cannot be told' },
  {
    codes: /CERTIFICATE_REQUIRED|ALERT_.*CERTIFICATE/,
    reason: 'the API server does not accept the client certificate',
  },
  {
    codes: /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/,
    reason: 'what listens there does not speak TLS',
  },
  { codes: /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION/, reason: 'the API server speaks no version of TLS that is safe' },
];

/** Why a TLS connection could not be made, in words, by the platform's code. */
export function tlsReason(code: string): string {
  return ROWS.find(({ codes }) => codes.test(code))?.reason ?? 'the TLS connection could not be made';
}
