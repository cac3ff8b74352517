import { Chip, Chips } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { InlineCode } from '../../../ui/inline-code.tsx';
import type { AvailableService, CatalogGroup } from '../_catalog/filter-services.ts';
import styles from './service-group.module.css';

interface ServiceGroupProps {
  readonly group: CatalogGroup;
  readonly onDeploy: (service: AvailableService) => void;
}

export function ServiceGroup({ group, onDeploy }: ServiceGroupProps) {
  return (
    <section className={styles['group']} aria-label={group.project}>
      <header className={styles['header']}>
        <h2>{group.project}</h2>
        <code>{group.file}</code>
      </header>
      <ul className={styles['grid']}>
        {group.services.map((service) => (
          <ServiceCard key={service.service_id} service={service} onDeploy={onDeploy} />
        ))}
      </ul>
    </section>
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
        <h3>{title}</h3>
        {title === name ? null : <p className={styles['muted']}>{name}</p>}
        {service.description === null ? null : <p className={styles['muted']}>{service.description}</p>}
        {service.image === null ? null : (
          <p className={styles['image']}>
            <code>{service.image}</code>
          </p>
        )}
        <ServiceChips service={service} />
      </div>
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
