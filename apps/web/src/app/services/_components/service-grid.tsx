import { Chip, Chips } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { InlineCode } from '../../../ui/inline-code.tsx';
import type { AvailableService } from '../_catalog/filter-services.ts';
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
        <span className={styles['file']} title={`Compose file of project ${service.project}`}>
          {service.file}
        </span>
      </div>
    </li>
  );
}

function ServiceChips({ service }: { readonly service: AvailableService }) {
  if (service.requires.length === 0 && service.profiles.length === 0) return null;
  return (
    <Chips>
      {service.requires.map((required) => (
        <Chip key={`requires ${required}`}>needs {required}</Chip>
      ))}
      {service.profiles.map((profile) => (
        <Chip key={`profile ${profile}`}>profile {profile}</Chip>
      ))}
    </Chips>
  );
}
