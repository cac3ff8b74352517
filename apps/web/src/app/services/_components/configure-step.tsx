'use client';

import type { ClusterData } from '@ushadow/contracts';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { ApproveButton } from '../../plans/_components/approve-button.tsx';
import type { AvailableService } from '../_catalog/filter-services.ts';
import { useDeployForm } from '../_hooks/use-deploy-form.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { ConfigureForm } from './configure-form.tsx';
import { DeployProblems } from './deploy-problems.tsx';
import { KeepChoice } from './environment/keep-choice.tsx';
import { PreviewPanel } from './preview-panel.tsx';

interface ConfigureStepProps {
  readonly service: AvailableService;
  readonly cluster: ClusterData;
  readonly onClose: () => void;
  /** Null when there is no other cluster. */
  readonly onChangeCluster: (() => void) | null;
}

type Tab = 'configure' | 'preview' | 'changes';

const FILE_VARIABLE = '[data-testid="file-variables"] input';

export function ConfigureStep({ service, cluster, onClose, onChangeCluster }: ConfigureStepProps) {
  const target = { clusterId: cluster.cluster_id, serviceId: service.service_id };
  const state = useDeployForm(target, cluster);
  const [tab, setTab] = useState<Tab>('configure');
  const [hasTried, setTried] = useState(false);
  const formElement = useRef<HTMLFormElement>(null);

  /** After the next render, which marks or shows the fields. */
  const focusFirst = (selector: string) => {
    requestAnimationFrame(() => formElement.current?.querySelector<HTMLElement>(selector)?.focus());
  };
  const { fileVariables } = state;
  useEffect(() => {
    if (fileVariables.length > 0) focusFirst(FILE_VARIABLE);
  }, [fileVariables]);
  const fillIn = () => {
    setTab('configure');
    focusFirst(FILE_VARIABLE);
  };
  const choose = (next: Tab) => {
    setTab(next);
    const { plan, isReady } = state;
    const isWanted = next === 'changes' && plan.plan === null && !plan.make.busy;
    if (isWanted && isReady && plan.keepsFirst.length === 0) void plan.make.run({ takeOver: false });
  };
  const submit = () => {
    setTried(true);
    if (state.isReady && !state.busy) void state.deploy();
    if (state.isReady) return;
    setTab('configure');
    focusFirst('[aria-invalid]');
  };

  return (
    <Dialog
      title={`Deploy ${service.display_name}`}
      description={<Destination cluster={cluster} onChange={onChangeCluster} />}
      wide
      testId="deploy-to-k8s-modal"
      onClose={onClose}
      message={<DeployProblems state={state} hasTried={hasTried && tab === 'configure'} />}
      footer={
        <>
          <KeepChoice state={state} />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={tab === 'changes' ? 'secondary' : 'primary'}
            icon="rocket"
            busy={state.busy}
            disabled={state.environment.isAsking}
            data-testid="deploy-service-btn"
            onClick={submit}
          >
            {state.busy ? 'Starting…' : 'Deploy'}
          </Button>
          {tab === 'changes' ? (
            <ApproveButton
              plan={state.isReady ? state.plan.plan : null}
              isEdited={state.plan.isEdited}
              busy={state.plan.approval.busy}
              onApprove={(plan) => void state.plan.approval.run(plan)}
            />
          ) : null}
        </>
      }
    >
      <Tabs
        label="Deploy"
        tabs={[
          { id: 'configure', name: 'Configure' },
          { id: 'preview', name: 'Preview' },
          { id: 'changes', name: 'Changes' },
        ]}
        chosen={tab}
        onChoose={choose}
      >
        {tab === 'configure' ? (
          <form
            ref={formElement}
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <ConfigureForm state={state} cluster={cluster} hasTried={hasTried} />
            <button type="submit" hidden />
          </form>
        ) : tab === 'preview' ? (
          <PreviewPanel state={state} onFillIn={fillIn} />
        ) : (
          <ChangesPanel state={state} onFillIn={fillIn} />
        )}
      </Tabs>
    </Dialog>
  );
}

function Destination({ cluster, onChange }: { readonly cluster: ClusterData; readonly onChange: (() => void) | null }) {
  return (
    <>
      to <strong>{cluster.name}</strong>{' '}
      {onChange === null ? null : (
        <Button small look="quiet" onClick={onChange}>
          Change cluster
        </Button>
      )}
    </>
  );
}
