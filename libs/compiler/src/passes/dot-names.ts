import { isDnsLabel } from '@ushadow/kubernetes';
import type { DottedName, Design, DesignedService } from '../model/design.ts';
import { namesOf } from '../names/other-names.ts';
import { isHeadless } from '../names/self-names.ts';
import { mapServices } from './pass.ts';

/**
 * A name with one dot cannot be that of a Service, but it resolves as the host name of a pod below a headless Service
 * that is called like the rest: `a.b` is host `a` of `b`, which may be the service's own, where that is headless. A pod has
 * one such name: one that is called, else its own.
 */
export function dotNames(design: Design, usedWords: ReadonlySet<string>): Design {
  const taken = new Set(
    design.services.flatMap(({ endpoint, service }) => [
      endpoint,
      ...namesOf(service, design).map(({ name }) => name.toLowerCase()),
    ]),
  );
  return mapServices(design, (designed) => {
    const names = canHave(designed) ? candidates(designed, design, usedWords) : [];
    const own = isHeadless(designed) ? designed.endpoint : undefined;
    return { ...designed, dotted: names.find(({ subdomain }) => subdomain === own || !taken.has(subdomain)) };
  });
}

/** Pods of a set have host names of their own. */
function canHave({ service, host, named, kind }: DesignedService): boolean {
  const { mode } = service.membership;
  return host === service.name && named && kind !== 'stateful' && mode === 'own';
}

function candidates(
  { service }: DesignedService,
  design: Design,
  usedWords: ReadonlySet<string>,
): readonly DottedName[] {
  const { path, process } = service;
  const all = [{ name: service.name, path }, ...namesOf(service, design)].flatMap(({ name: written, path: from }) => {
    const name = written.toLowerCase();
    const [hostname = '', subdomain = '', ...more] = name.split('.');
    const valid = more.length === 0 && isDnsLabel(hostname) && isDnsLabel(subdomain, design.nameRule);
    const own = written === service.name || written === process.hostname;
    return valid && fits(hostname, subdomain, process)
      ? [{ name, hostname, subdomain, path: from, called: usedWords.has(written), own }]
      : [];
  });
  const chosen = [...all.filter(({ called }) => called), ...all.filter(({ own }) => own)];
  return chosen.map(({ name, hostname, subdomain, path: from }) => ({ name, hostname, subdomain, path: from }));
}

/** What the file says of the host name is kept. */
function fits(
  hostname: string,
  subdomain: string,
  process: { readonly hostname: string | undefined; readonly domainname: string | undefined },
): boolean {
  const given = process.hostname?.toLowerCase();
  const host = given === undefined || given === hostname || given === `${hostname}.${subdomain}`;
  return host && (process.domainname === undefined || process.domainname === subdomain);
}
