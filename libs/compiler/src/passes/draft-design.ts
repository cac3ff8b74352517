import type { DnsLabelRule } from '@ushadow/kubernetes';
import type { App } from '../model/app.ts';
import type {
  Design,
  DraftedDesign,
  ExposedDesign,
  GroupedDesign,
  NamedDesign,
  PlacedDesign,
} from '../model/design.ts';

/** The design before any decision. */
export function draftDesign(
  app: App,
  isOn: (service: string) => boolean = () => true,
  nameRule: DnsLabelRule = 'rfc1035',
): DraftedDesign {
  return { app, services: app.services.map((service) => ({ service, on: isOn(service.name) })), nameRule };
}

// A stage begins with neutral values for all that its passes decide.

export function beginNaming(design: DraftedDesign): NamedDesign {
  const services = design.services.map((drafted) => {
    const { name } = drafted.service;
    return { ...drafted, name, endpoint: name, instance: name, settings: {}, askedRoutes: [], askedStreams: [] };
  });
  return { ...design, services, placeholders: [] };
}

export function beginExposing(design: NamedDesign): ExposedDesign {
  const undecided = { recipe: undefined, texts: [], ports: [], headless: false };
  const services = design.services.map((named) => ({
    ...named,
    image: named.service.image.reference ?? '',
    ...undecided,
  }));
  return { ...design, services };
}

export function beginGrouping(design: ExposedDesign): GroupedDesign {
  const undecided = {
    named: true,
    waits: [],
    kind: 'replicated',
    ends: false,
    replicas: undefined,
    autoscale: undefined,
  } as const;
  const services = design.services.map((exposed) => ({ ...exposed, host: exposed.service.name, ...undecided }));
  return { ...design, services };
}

export function beginPlacing(design: GroupedDesign): PlacedDesign {
  const services = design.services.map((grouped) => ({ ...grouped, mounts: [], sets: { plain: '', secret: '' } }));
  return { ...design, services, stores: [], fileSets: [] };
}

export function beginFinishing(design: PlacedDesign): Design {
  const undecided = {
    nodeRules: { selector: {}, required: [], spread: [], tolerations: [] },
    together: undefined,
    dotted: undefined,
    networks: [],
    environment: { plain: [], secret: [], inline: [] },
    probes: {},
    references: new Map<string, string>(),
    start: { rank: 0, phase: 'main' },
    requests: {},
    limits: {},
    alone: false,
    routes: [],
    streams: [],
  } as const;
  return {
    ...design,
    services: design.services.map((placed) => ({ ...placed, ...undecided })),
    aliases: [],
    isolation: [],
  };
}
