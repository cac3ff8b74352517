import type { ImportContext } from '../import-context.ts';
import type { PublicAddress } from '../imported-template.ts';
import type { SourceText } from '../source-text.ts';
import { isHost } from '../values/hosts.ts';
import type { TemplateSettings } from './template-settings.ts';
import type { Variables } from './variables.ts';

interface Context extends Pick<ImportContext, 'findings' | 'hosts'> {
  readonly source: SourceText;
  readonly variables: Variables;
  readonly services: readonly string[];
}

export function publicAddresses(
  { domains }: Pick<TemplateSettings, 'domains'>,
  context: Context,
): readonly PublicAddress[] {
  const { findings, hosts, source, variables, services } = context;
  const taken = new Map<string, string>();
  return domains.flatMap(({ service, host: written, port, path, strip, more, index }): PublicAddress[] => {
    const position = source.findKey('serviceName', index);
    if (!services.includes(service)) {
      findings.add('TPL0201', { service, known: services }, { position });
      return [];
    }
    for (const key of more) findings.add('TPL0207', { key }, { position });
    const host = written === undefined ? hosts.next(service) : variables.fill(written, service).text.toLowerCase();
    if (!isHost(host)) {
      findings.add('TPL0202', { host }, { position: source.findKey('host', index) });
      return [];
    }
    const address = `${host}${path ?? ''}`;
    const other = taken.get(address);
    if (other !== undefined) {
      findings.add('TPL0208', { host: address, services: [other, service] }, { position });
      return [];
    }
    taken.set(address, service);
    if (port === undefined && !findings.hasErrors) findings.add('TPL0206', { service }, { position });
    return [
      {
        service,
        host,
        ...(port === undefined ? {} : { port }),
        ...(path === undefined ? {} : { path, ...(strip === undefined ? {} : { strip }) }),
      },
    ];
  });
}
