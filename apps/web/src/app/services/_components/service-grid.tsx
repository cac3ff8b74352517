import { Badge, Chip, Chips } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { InlineCode } from '../../../ui/inline-code.tsx';
import type { AvailableService } from '../_catalog/filter-services.ts';
import { serviceChips } from '../_catalog/service-chips.ts';
import styles from './service-grid.module.css';

interface ServiceGridProps {
  readonly services: readonly AvailableService[];
  readonly onDeploy: (service: AvailableService) => void;
}

export function ServiceGrid({ services, onDeploy }: ServiceGridProps) {
  return (
    <ul className={styles['grid']} aria-label="Services">
      {services.map((service) => (
        <ServiceCard key={service.service_id} service={service} onDeploy={onDeploy} />
      ))}
    </ul>
  );
}

interface ServiceCardProps {
  readonly service: AvailableService;
  readonly onDeploy: (service: AvailableService) => void;
}

function ServiceCard({ service, onDeploy }: ServiceCardProps) {
  const { display_name: title, service_name: name } = service;
  return (
    <li className={styles['card']} data-testid={`service-card-${service.service_id}`}>
      <div className={styles['text']}>
        <h2>{title}</h2>
        {title === name ? null : <p className={styles['muted']}>{name}</p>}
        {service.description === null ? null : <p className={styles['muted']}>{service.description}</p>}
        {service.image === null ? null : (
          <p className={styles['image']}>
            <code>{service.image}</code>
          </p>
        )}
        <ServiceChips service={service} />
      </div>
      <div className={styles['foot']}>
        {service.deployable ? (
          <Button
            small
            icon="rocket"
            data-testid={`select-service-${name}`}
            onClick={() => {
              onDeploy(service);
            }}
          >
            Deploy<span className="visually-hidden"> {title}</span>
          </Button>
        ) : (
          <p className={styles['reason']} data-testid={`not-deployable-${name}`}>
            <strong>Cannot be deployed.</strong> <InlineCode text={service.problem ?? 'The catalog gives no reason.'} />
          </p>
        )}
        <span className={styles['file']}>
          {service.origin === 'upload' ? (
            <Badge tone="info" icon="upload" testId={`uploaded-${service.service_id}`}>
              uploaded
            </Badge>
          ) : null}
          <span title={`Compose file of project ${service.project}`}>{service.file}</span>
        </span>
      </div>
    </li>
  );
}

/** What it needs and offers, then where it belongs. */
function ServiceChips({ service }: { readonly service: AvailableService }) {
  const chips = serviceChips(service);
  if (chips.length === 0) return null;
  return (
    <Chips>
      {chips.map(({ text, hint }) => (
        <Chip key={text} title={hint}>
          {text}
        </Chip>
      ))}
    </Chips>
  );
}
