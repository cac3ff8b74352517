import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** By `nonce` a call is known when it comes again. */
export type SignatureCheck =
  { readonly kind: 'good'; readonly nonce: string } | { readonly kind: 'wrong' } | { readonly kind: 'too-old' };

const TOLERANCE_SECONDS = 300;
const PREFIX = 'whsec_';

/** Standard Webhooks, with id and time; or GitHub's `X-Hub-Signature-256`, which has neither: there it is the signature. */
export function checkSignature({ headers, body }: SignedCall, key: string, now = new Date()): SignatureCheck {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers;
  if (id === undefined && timestamp === undefined && given === undefined) return checkHub(headers, body, key);
  if (id === undefined || timestamp === undefined || given === undefined) return { kind: 'wrong' };
  const secret = key.startsWith(PREFIX) ? Buffer.from(key.slice(PREFIX.length), 'base64') : Buffer.from(key);
  const wanted = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
  const signatures = given.split(' ').flatMap((each) => (each.startsWith('v1,') ? [each.slice(3)] : []));
  // Every one is compared, so that the time says nothing.
  const fitting = signatures.filter((each) => isSame(Buffer.from(each, 'base64'), wanted));
  if (fitting.length === 0) return { kind: 'wrong' };
  const age = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  return Number.isFinite(age) && age <= TOLERANCE_SECONDS ? { kind: 'good', nonce: `id ${id}` } : { kind: 'too-old' };
}

function checkHub(headers: SignedCall['headers'], body: Buffer, key: string): SignatureCheck {
  const given = headers['x-hub-signature-256'] ?? '';
  const [, hex = ''] = /^sha256=([0-9a-f]{64})$/.exec(given) ?? [];
  const wanted = createHmac('sha256', key).update(body).digest();
  return isSame(Buffer.from(hex, 'hex'), wanted) ? { kind: 'good', nonce: `hub ${hex}` } : { kind: 'wrong' };
}

function isSame(given: Buffer, wanted: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
