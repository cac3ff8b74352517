import type { ServiceVerdictData, VerdictData } from '@ushadow/contracts';
import { memo } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Card } from '../../../../ui/card.tsx';
import { InlineCode } from '../../../../ui/code.tsx';
import { ObjectName } from '../../../../ui/object-name.tsx';
import { Table } from '../../../../ui/table.tsx';
import type { ServiceProgress } from '../_events/progress.ts';
import { isSettled, objectDisplay, serviceDisplay, workloadMessage } from '../_events/service-state.ts';
import styles from './services-card.module.css';
import { SourcePlace } from './source-place.tsx';

interface ServicesCardProps {
  readonly services: readonly ServiceProgress[];
  readonly verdicts: VerdictData['services'];
  /** Whether the deployment has ended: nothing progresses any more then. */
  readonly isOver: boolean;
}

/** How far each service is, its objects folded below. */
export function ServicesCard({ services, verdicts, isOver }: ServicesCardProps) {
  const shown = services.filter(({ service, objects }) => service !== null || objects.length > 0);
  return (
    <Card title="Services" testId="services" flush>
      <Table label="Services" columns={['Service', 'Status', 'Objects']}>
        {shown.map((entry) => (
          <ServiceRow
            key={entry.service ?? ''}
            entry={entry}
            verdict={entry.service === null ? undefined : verdicts?.[entry.service]}
            isOver={isOver}
          />
        ))}
      </Table>
    </Card>
  );
}

interface ServiceRowProps {
  readonly entry: ServiceProgress;
  readonly verdict: ServiceVerdictData | undefined;
  readonly isOver: boolean;
}

/** Drawn again only when something of this service has changed. */
const ServiceRow = memo(function ServiceRow({ entry, verdict, isOver }: ServiceRowProps) {
  const { service } = entry;
  const { label, tone, icon } = serviceDisplay(entry, verdict, isOver);
  const reason = verdict?.reason ?? (verdict === undefined ? workloadMessage(entry) : '');
  return (
    <tr data-testid={service === null ? 'service-of-none' : `service-${service}`}>
      <td data-label="Service">
        {service === null ? <span className={styles['muted']}>Of no service alone</span> : <strong>{service}</strong>}
      </td>
      <td data-label="Status">
        <span>
          <Badge tone={tone} icon={icon} testId="service-status">
            {label}
          </Badge>
          {reason === '' ? null : (
            <span className={styles['message']}>
              <InlineCode text={reason} />
            </span>
          )}
          {verdict?.source == null ? null : (
            <span className={styles['message']}>
              <SourcePlace place={verdict.source} />
            </span>
          )}
        </span>
      </td>
      <td data-label="Objects">
        <Objects entry={entry} isOver={isOver} />
      </td>
    </tr>
  );
});

function Objects({ entry: { objects }, isOver }: Pick<ServiceRowProps, 'entry' | 'isOver'>) {
  if (objects.length === 0) return <span className={styles['muted']}>none yet</span>;
  const settled = objects.filter((object) => isSettled(object, isOver)).length;
  return (
    <details>
      <summary>
        {settled} of {objects.length} done
      </summary>
      <ul className={styles['objects']}>
        {objects.map((object) => {
          const { label, tone, icon } = objectDisplay(object, isOver);
          return (
            <li key={object.name} data-testid={`object-${object.name}`}>
              <ObjectName of={object.name} />{' '}
              <Badge tone={tone} icon={icon}>
                {label}
              </Badge>
              {object.message === '' ? null : <span className={styles['message']}>{object.message}</span>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
