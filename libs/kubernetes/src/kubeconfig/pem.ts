import { decodeBase64Text } from '../base64.ts';

/** True for base64 of at least one PEM block whose label ends as given. */
export function isPemData(data: string, label: 'CERTIFICATE' | 'PRIVATE KEY'): boolean {
  const text = decodeBase64Text(data);
  if (text === undefined) return false;
  const block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n[A-Za-z0-9+/=\r\n]+-----END \1-----/.exec(text);
  return block?.[1]?.endsWith(label) === true;
}
