import type { ProjectServiceData } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import { InlineCode } from '../../../ui/code.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from './project-list.module.css';

/** What a project's services are, and why one cannot be deployed. */
export function ProjectServices({ services }: { readonly services: readonly ProjectServiceData[] }) {
  return (
    <Table label="Services" columns={['Service', 'Image', 'Ports', 'Needs', 'Profiles']}>
      {services.map((service) => (
        <tr key={service.service} data-testid={`project-service-${service.service_id}`}>
          <td data-label="Service">
            <span>
              <strong>{service.service}</strong>
              {service.deployable ? null : (
                <>
                  {' '}
                  <Badge tone="warn" icon="alert">
                    Cannot be deployed
                  </Badge>
                  <span className={styles['muted']}>
                    {' '}
                    <InlineCode text={service.problem ?? ''} />
                  </span>
                </>
              )}
            </span>
          </td>
          <td data-label="Image">{service.image === null ? 'built' : <code>{service.image}</code>}</td>
          <td data-label="Ports">{service.published.join(', ') || '–'}</td>
          <td data-label="Needs">{service.depends_on.join(', ') || '–'}</td>
          <td data-label="Profiles">{service.profiles.join(', ') || '–'}</td>
        </tr>
      ))}
    </Table>
  );
}
