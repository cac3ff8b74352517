import { clusterOf, type StackData } from '@ushadow/contracts';
import { useState } from 'react';
import { Breadcrumb } from '../../../../ui/breadcrumb.tsx';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { ClusterName } from '../../../clusters/_components/cluster-text.tsx';
import { deployHref } from '../../../projects/_links/deploy-href.ts';
import { Fact } from '../../_components/fact.tsx';
import { LastDeployment } from '../../_components/last-deployment.tsx';
import { healthDisplay, syncDisplay } from '../../_status/fact-display.ts';
import { RedeployDialog } from './redeploy-dialog.tsx';
import styles from './stack-header.module.css';

/** Where it is, how it is, and what can be done with the whole of it. */
export function StackHeader({ stack }: { readonly stack: StackData }) {
  const { project, stack_id: id, target, namespace, revision } = stack;
  const clusterId = clusterOf(target);
  const [isAsking, setAsking] = useState(false);
  return (
    <PageHeader
      above={<Breadcrumb href="/" name="Stacks" />}
      title={project}
      description={
        <div className={styles['facts']}>
          <span>
            in <ClusterName clusterId={clusterId} />, namespace <strong>{namespace}</strong>
          </span>
          <span>{revision === null ? 'no good revision yet' : `revision ${String(revision)}`}</span>
          <span className={styles['fact']}>
            Health <Fact fact={stack.health} display={healthDisplay(stack.health)} testId="stack-health" />
          </span>
          <span className={styles['fact']}>
            Sync <Fact fact={stack.sync} display={syncDisplay(stack.sync)} testId="stack-sync" />
          </span>
          <span className={styles['fact']}>
            Last deployment <LastDeployment deployment={stack.deployment} />
          </span>
        </div>
      }
      actions={
        <>
          <LinkButton
            variant="primary"
            icon="rocket"
            href={deployHref({ project, cluster_id: clusterId, namespace })}
            data-testid="deploy-changes-btn"
          >
            Deploy with changes…
          </LinkButton>
          <LinkButton icon="radar" href={`/stacks/${id}/live`} data-testid="live-btn">
            Live
          </LinkButton>
          {revision === null ? null : (
            <Button
              icon="refresh"
              data-testid="redeploy-btn"
              onClick={() => {
                setAsking(true);
              }}
            >
              Deploy again
            </Button>
          )}
          <LinkButton icon="search" href={`/stacks/${id}/logs`} data-testid="logs-btn">
            Logs
          </LinkButton>
          <LinkButton icon="trash" href={`/stacks/${id}/remove`} data-testid="remove-stack-btn">
            Remove…
          </LinkButton>
          {isAsking ? (
            <RedeployDialog
              stack={stack}
              onClose={() => {
                setAsking(false);
              }}
            />
          ) : null}
        </>
      }
    />
  );
}
