import type { DnsLabelRule } from '@ushadow/kubernetes';
import type { App } from '../model/app.ts';
import type { Design, DesignedService } from '../model/design.ts';

/** The design before any decision: every field has its neutral value. */
export function draftDesign(
  app: App,
  isOn: (service: string) => boolean = () => true,
  nameRule: DnsLabelRule = 'rfc1035',
): Design {
  const services = app.services.map((service) => ({ ...draftService(service), on: isOn(service.name) }));
  return { app, services, stores: [], fileSets: [], aliases: [], isolation: [], veil: [], nameRule };
}

function draftService(service: App['services'][number]): DesignedService {
  return {
    service,
    on: true,
    name: service.name,
    endpoint: service.name,
    instance: service.name,
    image: service.image.reference ?? '',
    recipe: undefined,
    settings: {},
    host: service.name,
    named: true,
    kind: 'replicated',
    texts: [],
    ends: false,
    start: { rank: 0, phase: 'main' },
    ports: [],
    headless: false,
    environment: { plain: [], secret: [], inline: [] },
    references: new Map(),
    sets: { plain: '', secret: '' },
    probes: {},
    mounts: [],
    requests: {},
    limits: {},
    replicas: undefined,
    alone: false,
    autoscale: undefined,
    route: undefined,
    waits: [],
    nodeRules: { selector: {}, required: [], spread: [], tolerations: [] },
    together: undefined,
    networks: [],
    dotted: undefined,
  };
}
