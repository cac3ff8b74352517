import type { ChannelData, NotificationKind } from '@ushadow/contracts';
import type { api } from '../../../../api/client.ts';
import { eventNames } from './event-words.ts';

export interface ChannelForm {
  readonly name: string;
  readonly kind: ChannelData['kind'];
  readonly url: string;
  readonly host: string;
  readonly port: string;
  readonly security: 'starttls' | 'tls';
  readonly username: string;
  readonly password: string;
  readonly from: string;
  readonly to: string;
  readonly allowPlaintext: boolean;
  readonly events: readonly NotificationKind[];
  readonly clusterId: string;
}

export const emptyForm: ChannelForm = {
  ...{ name: '', kind: 'webhook', url: '', host: '', port: '587', security: 'starttls', username: '', password: '' },
  ...{ from: '', to: '', allowPlaintext: false, clusterId: '' },
  events: eventNames.filter((name) => name !== 'deployment.succeeded'),
};

type Request = Parameters<typeof api.createChannel>[0];

export function toRequest(form: ChannelForm, signingKey: string): Request {
  const rule = { events: [...form.events], ...(form.clusterId === '' ? {} : { cluster_id: form.clusterId }) };
  return {
    name: form.name.trim(),
    kind: form.kind,
    rules: [rule],
    ...(form.allowPlaintext ? { allow_plaintext: true } : {}),
    ...(form.kind === 'email' ? { smtp: smtpOf(form) } : { url: form.url.trim() }),
    ...(form.kind === 'webhook' ? { signing_key: signingKey } : {}),
  };
}

function smtpOf({ host, port, security, username, password, from, to }: ChannelForm): NonNullable<Request['smtp']> {
  return {
    ...{ host: host.trim(), port: Number(port), security, from: from.trim() },
    to: addresses(to),
    ...(username === '' ? {} : { username, password }),
  };
}

export function isWhole(form: ChannelForm): boolean {
  const common = form.name.trim() !== '' && form.events.length > 0;
  if (form.kind !== 'email') return common && form.url.trim() !== '';
  return common && form.host.trim() !== '' && form.from.trim() !== '' && addresses(form.to).length > 0;
}

function addresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

/** Made here, so that nobody but this page is ever shown it. */
export function newSigningKey(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;
}
