import type { Scalar } from 'yaml';
import type { ComposeText } from '../compose/compose-text.ts';
import { referencesOf } from '../compose/compose-text.ts';
import { environmentOf } from '../compose/environment.ts';
import { entry, textOf } from '../compose/yaml-nodes.ts';
import { magicOf, plainId } from './magic-names.ts';
import { portsOf } from './ports.ts';
import { programAddresses } from './programs.ts';
import type { PublicService } from './public-service.ts';

/** Nobody has so many; further ones are variables like others. */
const PUBLIC_MAX = 200;

/**
 * `SERVICE_URL_X_3000` in the environment of a service makes that service public at its port 3000; what is behind `=/` is its
 * path. Without a port it may be that of another service, which is called X. A `${SERVICE_URL_X}` elsewhere makes a service
 * of that name public too.
 */
export function publicServices(
  compose: ComposeText,
  headerPort: number | undefined,
  ignored: ReadonlySet<Scalar>,
): readonly PublicService[] {
  const named = new Map(compose.serviceNames.map((name) => [plainId(name), name]));
  const programs = programAddresses(compose);
  const isProgram = new Set(programs.map(({ service }) => service));
  const isOwn = ({ service, port }: PublicService): boolean => port !== undefined || !isProgram.has(service);
  const keys = declared(compose, named);
  const others = referred(compose, named, ignored, keys);
  const all = [...keys.filter(isOwn), ...programs, ...others.filter(isOwn)];
  const found = [...new Map(all.map((each) => [JSON.stringify(each), each])).values()].slice(0, PUBLIC_MAX);
  const merged = withoutTwins(merge(found));
  const main = mainOf(merged, headerPort);
  const ordered = main === undefined ? merged : [main, ...merged.filter((each) => each !== main)];
  return ordered.map((each) => withPort(each, each === main ? headerPort : undefined, compose));
}

/** The platform takes the path off before it asks the service, but for those of one kind, which it knows by name. */
const KEEPS_PATH = /(?:^|\/)appwrite\//;

function declared({ services, document }: ComposeText, named: ReadonlyMap<string, string>): PublicService[] {
  return services.flatMap(({ name: service, value }) =>
    environmentOf(value, document).flatMap(({ name, value: text }): PublicService[] => {
      const magic = magicOf(name);
      if (magic?.kind !== 'address') return [];
      const { id, port } = magic;
      const path = text?.startsWith('/') === true && text !== '/' ? text : undefined;
      const meant = port === undefined && path === undefined ? (named.get(plainId(id)) ?? service) : service;
      const strips = path !== undefined && !KEEPS_PATH.test(textOf(entry(value, 'image', document)?.value) ?? '');
      return [
        {
          service: meant,
          id: plainId(id),
          label: id,
          ...(port === undefined ? {} : { port }),
          ...(path === undefined ? {} : { path }),
          ...(strips ? { strip: true } : {}),
        },
      ];
    }),
  );
}

/** What a key says of an address is not said again by who refers to it. */
function referred(
  { scalars }: ComposeText,
  named: ReadonlyMap<string, string>,
  ignored: ReadonlySet<Scalar>,
  keys: readonly PublicService[],
): PublicService[] {
  const said = new Set(keys.map(({ id, port }) => `${id} ${String(port)}`));
  const references = scalars.filter((node) => !ignored.has(node)).flatMap(referencesOf);
  return references.flatMap(({ name }): PublicService[] => {
    const magic = magicOf(name);
    if (magic?.kind !== 'address') return [];
    const service = named.get(plainId(magic.id));
    const id = plainId(magic.id);
    if (service === undefined || (magic.port !== undefined && said.has(`${id} ${String(magic.port)}`))) return [];
    return [{ service, id, label: magic.id, ...(magic.port === undefined ? {} : { port: magic.port }) }];
  });
}

/** One entry for a service, id and path; whoever names a port says it for those that do not. */
function merge(all: readonly PublicService[]): readonly PublicService[] {
  const merged: PublicService[] = [];
  for (const each of all) {
    const same = merged.findIndex(
      ({ service, id, path, port }) =>
        service === each.service &&
        id === each.id &&
        (path === each.path || each.path === undefined) &&
        (port === undefined || each.port === undefined || port === each.port),
    );
    const known = merged[same];
    if (known === undefined) merged.push(each);
    else if (known.port === undefined && each.port !== undefined) merged[same] = { ...known, port: each.port };
  }
  return merged;
}

/** One environment for several services has the address of one of them: of the one it is called after, else the first. */
function withoutTwins(all: readonly PublicService[]): readonly PublicService[] {
  const addressOf = ({ id, port, path }: PublicService): string => JSON.stringify([id, port, path]);
  const chosen = new Map<string, PublicService>();
  for (const each of all) {
    const known = chosen.get(addressOf(each));
    if (known === undefined || (plainId(each.service) === each.id && plainId(known.service) !== known.id))
      chosen.set(addressOf(each), each);
  }
  return all.filter((each) => chosen.get(addressOf(each)) === each);
}

function mainOf(all: readonly PublicService[], headerPort: number | undefined): PublicService | undefined {
  return all.find(({ port }) => port !== undefined && port === headerPort) ?? all[0];
}

function withPort(each: PublicService, headerPort: number | undefined, compose: ComposeText): PublicService {
  if (each.port !== undefined) return each;
  const service = compose.services.find(({ name }) => name === each.service)?.value;
  const port = headerPort ?? portsOf(service, compose.document)[0];
  return port === undefined ? each : { ...each, port };
}
