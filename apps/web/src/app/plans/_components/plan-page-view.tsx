'use client';

import { clusterOf, type PlanData } from '@ushadow/contracts';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { api } from '../../../api/client.ts';
import { type Action, useAction } from '../../../api/use-action.ts';
import { Breadcrumb } from '../../../ui/breadcrumb.tsx';
import { LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { ClusterName } from '../../clusters/_components/cluster-text.tsx';
import { RunningDeployment } from '../../deployments/_components/running-deployment.tsx';
import { servicesText } from '../../deployments/_status/deployment-facts.ts';
import { deployHref } from '../../projects/_links/deploy-href.ts';
import { useWholePlan } from '../_hooks/use-whole-plan.ts';
import { blockerOf } from '../_plan/blocker.ts';
import { PlanAgainButton } from './plan-again-button.tsx';
import { PlanChanges } from './plan-changes.tsx';
import { PlanDeploy } from './plan-deploy.tsx';
import { PlanFacts } from './plan-facts.tsx';

/** One stored plan under an address of its own, for whoever is to approve it. */
export function PlanPageView({ planId }: { readonly planId: string }) {
  const { data, error, reload } = useWholePlan(planId);
  if (data !== undefined) return <LoadedPlan plan={data} />;
  return (
    <PageStack>
      <PageHeader title="Plan" />
      {error === undefined ? (
        <Skeleton label="Loading the plan" shape="rows" count={4} />
      ) : (
        <ErrorNotice error={error} onRetry={reload} />
      )}
    </PageStack>
  );
}

function LoadedPlan({ plan }: { readonly plan: PlanData }) {
  const approval = useApproval();
  return (
    <PageStack testId="plan-page">
      <PageHeader
        above={
          plan.stack_id === null ? (
            <Breadcrumb href="/" name="Stacks" />
          ) : (
            <Breadcrumb href={`/stacks/${plan.stack_id}`} name={plan.project} />
          )
        }
        title={plan.kind === 'rollback' ? `Rollback of ${plan.project}` : `Plan for ${plan.project}`}
        description={
          <>
            {servicesText(plan.services)} to <ClusterName clusterId={clusterOf(plan.target)} />, namespace{' '}
            <strong>{plan.namespace}</strong>
            <PlanFacts plan={plan} />
          </>
        }
        actions={
          <>
            <PlanAgainButton planId={plan.plan_id} />
            <LinkButton href={otherHref(plan)}>Plan something else</LinkButton>
          </>
        }
      />
      {approval.error === undefined ? null : (
        <ErrorNotice
          error={approval.error}
          testId="approve-error"
          actions={<RunningDeployment error={approval.error} />}
        />
      )}
      {plan.kind === 'rollback' ? (
        <Notice tone="info" title="A revision comes back" testId="plan-rollback">
          <p>
            All objects become what they were then, configuration and secrets included.{' '}
            <strong>Data in volumes is not brought back</strong>: it stays as it is now. One-shot services do not run
            again.
          </p>
        </Notice>
      ) : null}
      <PlanStanding plan={plan} />
      <PlanDeploy plan={plan} busy={approval.busy} onDeploy={(each) => void approval.run(each)} />
      <Card title="What this would change">
        <PlanChanges plan={plan} />
      </Card>
    </PageStack>
  );
}

/** Where a plan comes from, and why it cannot be approved any more. */
function PlanStanding({ plan }: { readonly plan: PlanData }) {
  const now = useNow(10_000);
  const { replaces } = plan;
  return (
    <>
      {replaces === null ? null : (
        <Notice tone="info" title="Made anew, since the cluster had changed" testId="plan-replaces">
          <p>
            The plan approved before it was stale, and <strong>nothing was written</strong>:{' '}
            <Link href={`/deployments/${replaces}`}>the deployment that found this</Link>. Below is what the same
            request would change now.
          </p>
        </Notice>
      )}
      {blockerOf(plan, now) === 'expired' ? (
        <Notice tone="warn" title="This plan is too old to be approved">
          <p>Much may have changed since: make it anew.</p>
        </Notice>
      ) : null}
    </>
  );
}

/** Where another plan of the same kind is made. */
function otherHref(plan: PlanData): string {
  return plan.kind === 'rollback' && plan.stack_id !== null ? `/stacks/${plan.stack_id}#history` : deployHref(plan);
}

/** Starts a deployment of exactly this plan and leads to its page. */
function useApproval(): Action<[PlanData]> {
  const router = useRouter();
  return useAction(async ({ target, project, plan_id }: PlanData) => {
    const { deployment_id: id } = await api.deployStack({ cluster_id: clusterOf(target), project, plan_id });
    router.push(`/deployments/${id}`);
  });
}
