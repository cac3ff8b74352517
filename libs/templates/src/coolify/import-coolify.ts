import type { Scalar } from 'yaml';
import { ComposeText, referencesOf } from '../compose/compose-text.ts';
import { envFileOf } from '../compose/env-file.ts';
import { environmentOf } from '../compose/environment.ts';
import { leftEmpty } from '../compose/left-empty.ts';
import { projectFiles } from '../compose/project-files.ts';
import { undeclared } from '../compose/undeclared.ts';
import { entriesOf, entry, textOf } from '../compose/yaml-nodes.ts';
import type { ImportContext, ImportedParts } from '../import-context.ts';
import type { PublicAddress } from '../imported-template.ts';
import { SourceText } from '../source-text.ts';
import { infoOf, portOf, readHeader, type Header } from './header.ts';
import { withoutHyphens } from './hyphen-names.ts';
import { magicOf, plainId } from './magic-names.ts';
import { magicValues } from './magic-values.ts';
import { contentNodes, takePlatformKeys } from './platform-keys.ts';
import { programValues } from './programs.ts';
import type { PublicService } from './public-service.ts';
import { publicServices } from './public-services.ts';
import { stackDefaults } from './stack-defaults.ts';
import { servicesThatName } from './services-that-name.ts';

/** A Compose file of Coolify’s: a header of comments, and variables whose names say what they stand for. */
export function importCoolify(file: string, text: string, context: ImportContext): ImportedParts {
  const { findings, hosts, name, scheme, random } = context;
  const source = withoutHyphens(new SourceText(file, text), findings);
  const header = readHeader(source);
  const info = infoOf(header, name);
  const compose = ComposeText.read(source, findings);
  if (compose === undefined) return { info };
  const ignored = contentNodes(compose);
  const headerPort = trustedPort(header, compose, ignored, findings);
  const found = publicServices(compose, headerPort, ignored);
  const host = hostsOf(found, context);
  const files = takePlatformKeys(compose, findings);
  appendPaths(compose);
  const names = namesIn(compose, ignored);
  const hostOf = (id: string): string => host.byId.get(plainId(id)) ?? hosts.next(id);
  const magic = [
    ...magicValues(names, { compose, random, scheme, findings, hostOf: remembered(hostOf) }),
    ...programValues(found, host.public, { scheme, path: file }),
  ];
  const supplied = [...magic, ...stackDefaults(compose, { magic, ignored }, findings)];
  const values = [...supplied, ...leftEmpty(compose, { values: supplied, ignored }, findings)];
  const envFile = envFileOf(
    compose,
    values.map((each) => each.name),
  );
  for (const { service, port } of host.public) if (port === undefined) findings.add('TPL0206', { service });
  return {
    info,
    values,
    public: host.public,
    files: projectFiles(compose, values, {
      ...undeclared(compose, findings),
      files: new Map([...files, ...(envFile === undefined ? [] : [envFile])]),
    }),
  };
}

/** The port of the header, unless the services say that it is none of theirs. */
function trustedPort(
  header: Header,
  compose: ComposeText,
  ignored: ReadonlySet<Scalar>,
  findings: ImportContext['findings'],
): number | undefined {
  const port = portOf(header);
  if (port === undefined || servicesThatName(port, compose).length > 0) return port;
  if (publicServices(compose, undefined, ignored)[0]?.port === undefined) return port;
  findings.add('TPL0205', { port }, { position: compose.source.position(header.offsetOf('port')) });
  return undefined;
}

interface GivenHosts {
  readonly public: readonly PublicAddress[];
  readonly byId: ReadonlyMap<string, string>;
}

/** Services of one id share a host where their paths differ; else the later one gets a host of its own. */
function hostsOf(services: readonly PublicService[], { hosts }: ImportContext): GivenHosts {
  const byId = new Map<string, string>();
  const taken = new Set<string>();
  const addresses = services.map(({ service, id, label, port, path, strip }): PublicAddress => {
    const shared = byId.get(id) ?? hosts.next(label);
    byId.set(id, shared);
    const isFree = !taken.has(`${shared}${path ?? ''}`);
    const host = isFree ? shared : hosts.next(service);
    taken.add(`${host}${path ?? ''}`);
    return {
      service,
      host,
      ...(port === undefined ? {} : { port }),
      ...(path === undefined ? {} : { path, ...(strip === undefined ? {} : { strip }) }),
    };
  });
  return { public: addresses, byId };
}

/** `SERVICE_URL_X=/path` is the address with that path. */
function appendPaths(compose: ComposeText): void {
  for (const { value: service } of compose.services)
    for (const { name, value, node, inList } of environmentOf(service, compose.document)) {
      if (value?.startsWith('/') !== true || magicOf(name)?.kind !== 'address') continue;
      const path = value === '/' ? '' : value;
      compose.rewrite(node, JSON.stringify(`${inList ? `${name}=` : ''}\${${name}}${path}`));
    }
}

/** Every name of a variable: of those declared, those that files are made of, and those referred to. */
function namesIn(compose: ComposeText, ignored: ReadonlySet<Scalar>): ReadonlySet<string> {
  const { services, document, scalars } = compose;
  const files = ['secrets', 'configs'].flatMap((section) => entriesOf(compose.section(section), document));
  const made = files.flatMap(({ value }) => textOf(entry(value, 'environment', document)?.value) ?? []);
  const declared = services.flatMap(({ value }) => environmentOf(value, document).map(({ name }) => name));
  const referred = scalars.filter((node) => !ignored.has(node)).flatMap((node) => referencesOf(node));
  return new Set([...declared, ...made, ...referred.map(({ name }) => name)]);
}

/** The same host for the same id. */
function remembered(hostOf: (id: string) => string): (id: string) => string {
  const known = new Map<string, string>();
  return (id) => {
    const key = plainId(id);
    const host = known.get(key) ?? hostOf(id);
    known.set(key, host);
    return host;
  };
}
