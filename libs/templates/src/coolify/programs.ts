import { isScalar } from 'yaml';
import { referencesOf, type ComposeText } from '../compose/compose-text.ts';
import { environmentOf } from '../compose/environment.ts';
import { entry, textOf } from '../compose/yaml-nodes.ts';
import type { PublicAddress, TemplateValue } from '../imported-template.ts';
import type { PublicService } from './public-service.ts';
import { plainId } from './magic-names.ts';

interface Program {
  readonly image: RegExp;
  /** Variables that are its addresses where the template leaves them open, the main one first. */
  readonly addresses: readonly (readonly [variable: string, port: number, label: string])[];
}

/** Programs with several addresses at one container, which the platform gives by variables of their own. */
const PROGRAMS: readonly Program[] = [
  {
    image: /(?:^|\/)minio\/minio(?=[:@]|$)|^(?:ghcr\.io\/)?coollabsio\/minio(?=[:@]|$)/,
    addresses: [
      ['MINIO_BROWSER_REDIRECT_URL', 9001, 'console'],
      ['MINIO_SERVER_URL', 9000, 'minio'],
    ],
  },
  {
    image: /(?:^|\/)svhd\/logto(?=[:@]|$)/,
    addresses: [
      ['LOGTO_ENDPOINT', 3001, 'logto'],
      ['LOGTO_ADMIN_ENDPOINT', 3002, 'logto-admin'],
    ],
  },
  {
    image: /(?:^|\/)dxflrs\/garage(?=[:@]|$)/,
    addresses: [
      ['GARAGE_S3_API_URL', 3900, 's3'],
      ['GARAGE_WEB_URL', 3902, 'web'],
      ['GARAGE_ADMIN_URL', 3903, 'admin'],
    ],
  },
];

/** Addresses of programs whose variables have no value in the template. */
export function programAddresses(compose: ComposeText): readonly PublicService[] {
  const { services, document } = compose;
  const given = new Set<string>();
  return services.flatMap(({ name: service, value }) => {
    const image = textOf(entry(value, 'image', document)?.value) ?? '';
    const program = PROGRAMS.find((each) => each.image.test(image.replace(/\$\{\w+:?-([^}]*)\}/g, '$1')));
    if (program === undefined) return [];
    const references = environmentOf(value, document).flatMap(({ node }) => (isScalar(node) ? referencesOf(node) : []));
    const open = new Set(references.filter(({ fallback = '' }) => fallback === '').map(({ name }) => name));
    // One variable is one address, whichever of several services has it.
    const missing = program.addresses.filter(([variable]) => open.has(variable) && !given.has(variable));
    for (const [variable] of missing) given.add(variable);
    return missing.map(([variable, port, label], index) => ({
      service,
      id: index === 0 ? plainId(service) : plainId(label),
      label,
      port,
      variable,
    }));
  });
}

/** What the variables of those addresses stand for. */
export function programValues(
  services: readonly PublicService[],
  addresses: readonly PublicAddress[],
  { scheme, path }: { readonly scheme: string; readonly path: string },
): readonly TemplateValue[] {
  return services.flatMap(({ variable }, index) => {
    const host = addresses[index]?.host;
    if (variable === undefined || host === undefined) return [];
    return [{ name: variable, value: `${scheme}://${host}`, secret: false, generated: false, path }];
  });
}
