import {
  type AddressPolicy,
  OutboundError,
  sendRequest,
  type OutboundAnswer,
  type OutboundRequest,
} from '@ushadow/outbound';
import { createHash } from 'node:crypto';
import type { ImageName } from './image-name.ts';

export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
}

export interface RegistryRules {
  readonly policy: AddressPolicy;
  /** `host[:port]` of registries that are asked without TLS. */
  readonly plaintext: readonly string[];
}

/** Why a registry gave no answer that helps; the sentence is for people. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

const REQUEST_MS = 10_000;
const ANSWER_BYTES = 4 * 1024 * 1024;
const PAGE = 1_000;
const PAGES_MAX = 20;
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Asks one repository of a registry, by the distribution API: which tags there are, and what they mean now. */
export class RegistryClient {
  private readonly image: ImageName;
  private readonly login: RegistryLogin | undefined;
  private readonly rules: RegistryRules;
  private authorization: string | undefined;

  constructor(image: ImageName, login: RegistryLogin | undefined, rules: RegistryRules) {
    this.image = image;
    this.login = login;
    this.rules = rules;
  }

  /** @throws RegistryError */
  async tags(): Promise<readonly string[]> {
    const tags = new Set<string>();
    let query: string | undefined = `?n=${String(PAGE)}`;
    for (let page = 0; page < PAGES_MAX && query !== undefined; page += 1) {
      const { body, headers } = await this.ask('GET', `tags/list${query}`);
      const found = tagsOf(body);
      const known = tags.size;
      for (const tag of found) tags.add(tag);
      // One that does not page gives all of them again.
      query = tags.size === known ? undefined : (linkedQuery(headers.link) ?? afterFullPage(found));
    }
    return [...tags];
  }

  /**
   * Whether there is something by a tag or a digest.
   * @throws RegistryError
   */
  async has(reference: string): Promise<boolean> {
    const { status } = await this.askFor('HEAD', `manifests/${reference}`, MANIFESTS);
    if (status === 200) return true;
    if (status === 404) return false;
    throw new RegistryError(refusal(status, this.image, this.login));
  }

  /**
   * Digest of what a tag means now.
   * @throws RegistryError
   */
  async digest(tag: string): Promise<string> {
    const path = `manifests/${tag}`;
    const { headers } = await this.ask('HEAD', path, MANIFESTS);
    const said = headers['docker-content-digest'];
    if (typeof said === 'string' && DIGEST.test(said)) return said;
    const { body } = await this.ask('GET', path, MANIFESTS);
    return `sha256:${createHash('sha256').update(body).digest('hex')}`;
  }

  private async ask(method: 'GET' | 'HEAD', path: string, accept = 'application/json'): Promise<OutboundAnswer> {
    const answer = await this.askFor(method, path, accept);
    if (answer.status === 200) return answer;
    throw new RegistryError(refusal(answer.status, this.image, this.login));
  }

  private async askFor(method: 'GET' | 'HEAD', path: string, accept: string): Promise<OutboundAnswer> {
    const { host, repository } = this.image;
    const url = `${this.isPlain ? 'http' : 'https'}://${host}/v2/${repository}/${path}`;
    let answer = await this.send({ method, url, headers: this.headers(accept) });
    if (answer.status === 401) {
      this.authorization = await this.signIn(answer);
      answer = await this.send({ method, url, headers: this.headers(accept) });
    }
    return answer;
  }

  private headers(accept: string): Record<string, string> {
    return { accept, ...(this.authorization === undefined ? {} : { authorization: this.authorization }) };
  }

  /** What the registry asks for: a token of its own server, or name and password. */
  private async signIn({ headers }: OutboundAnswer): Promise<string> {
    const { login, image } = this;
    const basic = login === undefined ? undefined : `Basic ${base64(`${login.username}:${login.password}`)}`;
    const challenge = String(headers['www-authenticate'] ?? '');
    if (/^basic\b/i.test(challenge) && basic !== undefined) return basic;
    const { realm, service } = parametersOf(challenge);
    if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm))
      throw new RegistryError(refusal(401, image, login));
    const url = new URL(realm);
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', `repository:${image.repository}:pull`);
    const sent = basic === undefined ? {} : { authorization: basic };
    const answer = await this.send({ method: 'GET', url: url.href, headers: { accept: 'application/json', ...sent } });
    const token = answer.status === 200 ? tokenOf(answer.body) : undefined;
    if (token === undefined) throw new RegistryError(refusal(401, image, login));
    return `Bearer ${token}`;
  }

  private get isPlain(): boolean {
    return this.rules.plaintext.includes(this.image.host);
  }

  private async send(request: Pick<OutboundRequest, 'method' | 'url' | 'headers'>): Promise<OutboundAnswer> {
    const bounds = {
      timeoutMs: REQUEST_MS,
      answerMaxBytes: ANSWER_BYTES,
      beyond: 'refuse',
      allowPlaintext: this.isPlain,
    } as const;
    try {
      return await sendRequest({ ...request, ...bounds }, { policy: this.rules.policy });
    } catch (error) {
      if (error instanceof OutboundError) throw new RegistryError(error.message, { cause: error });
      throw error;
    }
  }
}

function refusal(status: number, { host, repository }: ImageName, login: RegistryLogin | undefined): string {
  const what = `${repository} at ${host}`;
  if (status === 401 || status === 403)
    return login === undefined
      ? `${host} wants a login for ${repository}, and the cluster keeps none for it`
      : `${host} does not let ${login.username} see ${repository}`;
  if (status === 404) return `${what} is not there, or not this tag of it`;
  if (status === 429) return `${host} has been asked too often; try again later`;
  if (status >= 300 && status < 400) return `${host} sends elsewhere, which is not followed`;
  return `${host} answers ${String(status)} for ${repository}`;
}

function tagsOf(body: Buffer): readonly string[] {
  const { tags } = (json(body) ?? {}) as { tags?: unknown };
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** `</v2/…/tags/list?n=100&last=x>; rel="next"`: how many there are on a page is the registry's to say. Only its query is taken. */
function linkedQuery(link: string | string[] | undefined): string | undefined {
  const [, target = ''] = /<([^>]{1,2000})>\s*;\s*rel="?next"?/i.exec(String(link ?? '').slice(0, 4_000)) ?? [];
  const query = target.includes('?') ? target.slice(target.indexOf('?')) : '';
  return /^\?[\w.~%!$&'()*+,;=:@/?-]+$/.test(query) ? query : undefined;
}

/** Of one that says nothing of pages. */
function afterFullPage(found: readonly string[]): string | undefined {
  const last = found.at(-1);
  return found.length < PAGE || last === undefined ? undefined : `?n=${String(PAGE)}&last=${encodeURIComponent(last)}`;
}

function tokenOf(body: Buffer): string | undefined {
  const { token, access_token: access } = (json(body) ?? {}) as { token?: unknown; access_token?: unknown };
  const found = token ?? access;
  return typeof found === 'string' && /^[\w.~+/=-]{1,20000}$/.test(found) ? found : undefined;
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `Bearer realm="…",service="…"` */
function parametersOf(challenge: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)].map(([, name = '', value = '']) => [name.toLowerCase(), value]),
  );
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
