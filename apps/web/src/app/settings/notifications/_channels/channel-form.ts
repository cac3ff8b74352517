import { publicOperations, type ChannelData, type NotificationKind } from '@ushadow/contracts';
import type { api } from '../../../../api/client.ts';
import { fieldErrors, type FieldErrors } from '../../../../api/field-errors.ts';
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
  /** `cluster/ID`, `stack/ID`, or nothing for all there is. */
  readonly about: string;
}

export const emptyForm: ChannelForm = {
  ...{ name: '', kind: 'webhook', url: '', host: '', port: '587', security: 'starttls', username: '', password: '' },
  ...{ from: '', to: '', allowPlaintext: false, about: '' },
  events: eventNames.filter((name) => name !== 'deployment.succeeded'),
};

type Request = Parameters<typeof api.createChannel>[0];

export function toRequest(form: ChannelForm, signingKey: string): Request {
  return {
    name: form.name.trim(),
    kind: form.kind,
    rules: [{ events: [...form.events], ...scopeOf(form.about) }],
    ...(form.allowPlaintext ? { allow_plaintext: true } : {}),
    ...(form.kind === 'email' ? { smtp: smtpOf(form) } : { url: form.url.trim() }),
    ...(form.kind === 'webhook' ? { signing_key: signingKey } : {}),
  };
}

function scopeOf(about: string): { cluster_id?: string; stack_id?: string } {
  const [what, id = ''] = about.split('/');
  if (what === 'cluster') return { cluster_id: id };
  return what === 'stack' ? { stack_id: id } : {};
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

/** What is wrong with what has been typed, by the path that the contract has for it; what is still empty is not wrong. */
export function errorsOf(form: ChannelForm): FieldErrors {
  const errors = fieldErrors(publicOperations.createChannel.input, toRequest(form, newSigningKey()));
  const typed: Readonly<Record<string, string>> = {
    ...{ name: form.name, url: form.url, 'smtp.host': form.host, 'smtp.port': form.port, 'smtp.from': form.from },
    ...{ 'smtp.to': form.to, 'smtp.username': form.username, 'smtp.password': form.password },
  };
  const entries = Object.entries(errors).map(
    ([path, text]) => [path.replace(/^smtp\.to\..*/, 'smtp.to'), text] as const,
  );
  return Object.fromEntries(entries.filter(([path]) => (typed[path] ?? '').trim() !== ''));
}

function addresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

/** Made here, so that nobody but this page is ever shown it. */
export function newSigningKey(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;
}
