import type { DiagnosticData, ProjectData } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DiagnosticNotices } from '../../../ui/diagnostic-notices.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { deployHref } from '../_links/deploy-href.ts';
import styles from './project-list.module.css';
import { ProjectServices } from './project-services.tsx';

interface ProjectListProps {
  readonly projects: readonly ProjectData[];
  /** The cluster the user came from, if any. */
  readonly clusterId: string | null;
  readonly onRemove: (project: ProjectData) => void;
}

export function ProjectList({ projects, clusterId, onRemove }: ProjectListProps) {
  return (
    <Card flush>
      <ul aria-label="Projects">
        {projects.map((project) => (
          <ProjectEntry key={project.project} project={project} clusterId={clusterId} onRemove={onRemove} />
        ))}
      </ul>
    </Card>
  );
}

interface ProjectEntryProps extends Omit<ProjectListProps, 'projects'> {
  readonly project: ProjectData;
}

function ProjectEntry({ project, clusterId, onRemove }: ProjectEntryProps) {
  const { project: name, origin, file, services, diagnostics, updated_at: at } = project;
  const canDeploy = services.some(({ deployable }) => deployable);
  return (
    <li className={styles['project']} data-testid={`project-${name}`}>
      <div className={styles['head']}>
        <div className={styles['text']}>
          <h2>{name}</h2>
          <p className={styles['muted']}>
            {file} · {origin === 'upload' ? 'uploaded' : 'from the folder of Compose files'}
            {at === null ? null : (
              <>
                {' '}
                <TimeAgo at={at} />
              </>
            )}
          </p>
        </div>
        <div className={styles['buttons']}>
          {origin === 'upload' ? (
            <Button
              small
              icon="trash"
              data-testid={`remove-project-${name}`}
              onClick={() => {
                onRemove(project);
              }}
            >
              Remove<span className="visually-hidden"> {name}</span>
            </Button>
          ) : null}
          {canDeploy ? (
            <LinkButton
              small
              variant="primary"
              icon="rocket"
              href={deployHref({ project: name, ...(clusterId === null ? {} : { cluster_id: clusterId }) })}
              data-testid={`deploy-project-${name}`}
            >
              Deploy…<span className="visually-hidden"> {name}</span>
            </LinkButton>
          ) : (
            <Badge tone="warn" icon="alert">
              Nothing in it can be deployed
            </Badge>
          )}
        </div>
      </div>
      <details>
        <summary>
          {services.length === 1 ? '1 service' : `${String(services.length)} services`}:{' '}
          {services.map(({ service }) => service).join(', ')}
        </summary>
        <ProjectServices services={services} />
      </details>
      <Findings diagnostics={diagnostics} />
    </li>
  );
}

function Findings({ diagnostics }: { readonly diagnostics: readonly DiagnosticData[] }) {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const others = diagnostics.filter(({ severity }) => severity !== 'error');
  if (diagnostics.length === 0) return null;
  return (
    <div className={styles['findings']} data-testid="findings">
      <DiagnosticNotices diagnostics={errors} />
      {others.length === 0 ? null : (
        <details>
          <summary>{others.length === 1 ? '1 finding' : `${String(others.length)} findings`}</summary>
          <div className={styles['findings']}>
            <DiagnosticNotices diagnostics={others} />
          </div>
        </details>
      )}
    </div>
  );
}
