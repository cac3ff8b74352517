import { callHome } from '../health/call-home.ts';
import { ownNames, ownerOf } from '../health/own-names.ts';
import type { Surroundings } from '../health/recognise-probe.ts';
import { recogniseProbe } from '../health/recognise-probe.ts';
import { knownImage } from '../images/known-images.ts';
import type { ProbeHandler } from '../health/probe-handler.ts';
import type { HealthCheck } from '../model/health.ts';
import type { Design, DesignedService, Probe, Probes } from '../model/design.ts';
import type { ProbeSettings } from '../model/settings.ts';
import { selfNames } from '../names/self-names.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** Docker's own defaults, in seconds. */
const DEFAULTS = { interval: 30, timeout: 30, retries: 3, startInterval: 5 } as const;

/**
 * Health check to probes. Docker marks an unhealthy container but never restarts it, so a health check is readiness;
 * liveness only when asked for, and then the start period becomes a start-up probe.
 */
export const deriveProbes: Pass<Design> = {
  name: 'derive-probes',
  run(design, context) {
    return mapServices(design, (designed) => {
      const runs = designed.kind !== 'run-once' && designed.kind !== 'scheduled';
      const probes = runs ? probesOf(designed, design, context) : {};
      if (!runs && designed.service.health !== undefined && designed.service.health.kind !== 'none') {
        context.report('CMP0702', designed.service.health.path, { service: designed.service.name });
      }
      return { ...designed, probes };
    });
  },
};

function probesOf(designed: DesignedService, design: Design, context: PassContext): Probes {
  const { service, settings } = designed;
  if (settings.healthCheckPath === null) return {};
  if (settings.healthCheckPath !== undefined) return pathProbes(designed, settings.healthCheckPath, context);
  const health = service.health;
  if (health?.kind === 'timing') context.report('CMP0701', health.path, { service: service.name });
  const own = ownProbe(designed, design, context);
  if (settings.liveness !== undefined || settings.readiness !== undefined) return labelledProbes(designed, own);
  if (own === undefined || health === undefined) return {};
  const liveness =
    context.input.target.defaults?.liveness === true ? { liveness: own, startup: startup(health, own) } : {};
  return { readiness: own, ...liveness };
}

function ownProbe(designed: DesignedService, design: Design, { report }: PassContext): Probe | undefined {
  const { health, name } = designed.service;
  if (health?.kind !== 'exec' && health?.kind !== 'shell') return undefined;
  const names = ownNames(designed, design);
  const handler = recogniseProbe(health, { names, isOpen: openPorts(designed) });
  if (handler.kind !== 'exec') return timed(health, handler);
  const found = selfNames(ownerOf(designed, design), design);
  const command = callHome(handler.command, new Set([...names].filter((own) => !found.has(own))));
  if (command.join(' ') !== handler.command.join(' ')) report('CMP0705', health.path, { service: name });
  return timed(health, { kind: 'exec', command });
}

/** Declared, called by others, or what the image is known to serve: not what only the container itself asks for. */
function openPorts({ service, ports, image }: DesignedService): Surroundings['isOpen'] {
  const tcp = [...service.listeners, ...ports].filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port);
  const open = new Set([...tcp, ...(knownImage(image)?.ports ?? [])]);
  return (port) => open.has(port);
}

function timed(health: HealthCheck, handler: ProbeHandler): Probe {
  return {
    handler,
    initialDelay: undefined,
    period: wholeSeconds(health.interval ?? DEFAULTS.interval),
    timeout: wholeSeconds(health.timeout ?? DEFAULTS.timeout),
    failures: health.retries ?? DEFAULTS.retries,
    path: health.path,
  };
}

/** Time enough for the start period and as many failures as the health check allows. */
function startup(health: HealthCheck, probe: Probe): Probe {
  const period = wholeSeconds(health.startInterval ?? DEFAULTS.startInterval);
  const seconds = (health.startPeriod ?? 0) + probe.failures * probe.period;
  return { ...probe, period, failures: Math.max(1, Math.ceil(seconds / period)) };
}

const wholeSeconds = (seconds: number): number => Math.max(1, Math.ceil(seconds));

/** The seed's timing for a path that the user names: liveness after 30 s every 60 s, readiness after 10 s every 30 s. */
function pathProbes({ service, ports }: DesignedService, path: string, { report }: PassContext): Probes {
  const port = ports.find(({ protocol }) => protocol === 'tcp')?.port;
  if (port === undefined) {
    report('CMP0704', service.path, { service: service.name, path });
    return {};
  }
  const handler: ProbeHandler = {
    kind: 'http',
    scheme: 'HTTP',
    host: '',
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    headers: [],
  };
  const base = { handler, timeout: 5, failures: 3, path: service.path };
  return { liveness: { ...base, initialDelay: 30, period: 60 }, readiness: { ...base, initialDelay: 10, period: 30 } };
}

/** With probe labels the author has divided the two: the health check is liveness, readiness stands by itself. */
function labelledProbes(designed: DesignedService, own: Probe | undefined): Probes {
  const liveness = labelledLiveness(designed, own);
  const readiness = labelledReadiness(designed, own);
  return { ...(liveness === undefined ? {} : { liveness }), ...(readiness === undefined ? {} : { readiness }) };
}

function labelledLiveness({ service, settings }: DesignedService, own: Probe | undefined): Probe | undefined {
  const delay = initialDelay(service.health?.startPeriod);
  const handler = settings.liveness === undefined ? undefined : settingsHandler(settings.liveness);
  if (handler !== undefined)
    return { ...timed(service.health ?? { ...EMPTY, path: service.path }, handler), initialDelay: delay };
  const divided = settings.readiness !== undefined && settings.readiness.disabled !== true;
  return own !== undefined && divided ? { ...own, initialDelay: delay } : undefined;
}

function labelledReadiness({ service, settings }: DesignedService, own: Probe | undefined): Probe | undefined {
  const { liveness, readiness } = settings;
  if (readiness === undefined) return liveness === undefined ? own : undefined;
  const handler = readiness.disabled === true ? undefined : settingsHandler(readiness);
  return handler === undefined ? undefined : fromSettings(handler, readiness, own?.path ?? service.path);
}

const initialDelay = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : wholeSeconds(seconds);

function fromSettings(handler: ProbeHandler, settings: ProbeSettings, path: string): Probe {
  return {
    handler,
    initialDelay: initialDelay(settings.startPeriod),
    period: wholeSeconds(settings.interval ?? DEFAULTS.interval),
    timeout: wholeSeconds(settings.timeout ?? DEFAULTS.timeout),
    failures: settings.retries ?? DEFAULTS.retries,
    path,
  };
}

function settingsHandler(settings: ProbeSettings): ProbeHandler | undefined {
  if (settings.httpPort !== undefined) {
    return {
      kind: 'http',
      scheme: 'HTTP',
      host: '',
      port: settings.httpPort,
      path: settings.httpPath ?? '/',
      headers: [],
    };
  }
  if (settings.tcpPort !== undefined) return { kind: 'tcp', port: settings.tcpPort };
  return settings.command === undefined ? undefined : { kind: 'exec', command: settings.command };
}

const EMPTY: HealthCheck = {
  kind: 'none',
  command: [],
  interval: undefined,
  timeout: undefined,
  retries: undefined,
  startPeriod: undefined,
  startInterval: undefined,
  path: '',
};
