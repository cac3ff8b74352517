import type { DeploymentData, ServiceVerdictData, StackData } from '@ushadow/contracts';
import { addressesText } from './address-text.ts';
import { describeDeployment, placeText, verdictLines } from './describe-deployment.ts';
import type { ServiceStates } from './service-states.ts';
import { table } from './table.ts';
import { type TextStyler, visibleText } from './terminal-text.ts';

/** How it ended: in all, for each service with its causes, and where the services are to be found. */
export function describeOutcome(
  deployment: DeploymentData,
  stack: StackData | undefined,
  states: ServiceStates,
  styled: TextStyler,
): string {
  const style = deployment.status === 'succeeded' ? 'bold' : 'red';
  const verdict = verdictLines(deployment).map((line) => `  ${visibleText(line)}\n`);
  return [
    `${styled(style, visibleText(describeDeployment(deployment)))}\n`,
    ...verdict,
    servicesTable(deployment, stack),
    ...deployment.services.flatMap((service) => failureLines(service, deployment, states)),
  ].join('');
}

function servicesTable({ services, verdict }: DeploymentData, stack: StackData | undefined): string {
  if (services.length === 0 || (verdict?.services === undefined && stack === undefined)) return '';
  const rows = services.map((service) => [
    service,
    verdict?.services?.[service]?.status ?? verdict?.status ?? '',
    addressesText(stack?.services.find((each) => each.service === service)?.addresses ?? []),
  ]);
  return table(['SERVICE', 'VERDICT', 'ADDRESS'], rows);
}

/** Why a service did not make it, where, and what to do. */
function failureLines(service: string, { verdict }: DeploymentData, states: ServiceStates): string[] {
  const own = verdict?.services?.[service];
  if (own === undefined || own.status === 'succeeded') return [];
  const causes = states.causesOf(service);
  const lines = causes.length > 0 ? causes.flatMap(causeLines) : reasonLines(own);
  return lines.length === 0 ? [] : [`${service}:\n`, ...lines.map((line) => `  ${visibleText(line)}\n`)];
}

function causeLines({ code, message, place, remedy }: ReturnType<ServiceStates['causesOf']>[number]): string[] {
  const where = place === '' ? '' : ` (${place})`;
  return [`${code} ${message}${where}`, ...(remedy === '' ? [] : [`remedy: ${remedy}`])];
}

function reasonLines({ code, reason, source }: ServiceVerdictData): string[] {
  const place = placeText(source);
  const line = [code ?? '', reason ?? '', place === '' ? '' : `(${place})`].filter(Boolean).join(' ');
  return line === '' ? [] : [line];
}
