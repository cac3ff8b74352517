'use client';

import { publicOperations } from '@ushadow/contracts';
import { useQuery } from '../../../api/use-query.ts';
import { fieldErrors } from '../../../api/field-errors.ts';
import { Card } from '../../../ui/card.tsx';
import { FieldRow } from '../../../ui/field.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { useDebounced } from '../../../ui/use-debounced.ts';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { ClusterFilter } from '../../deployments/_components/cluster-filter.tsx';
import { AuditList } from './audit-list.tsx';
import { TrailCheck } from './trail-check.tsx';

const PAGE_SIZE = 50;
const SETTLE_MS = 300;

/** Who did what with which result, and whether the trail is whole. */
export function AuditView() {
  const [read, change] = useUrlState();
  const clusters = useQuery('listClusters', {});
  const cluster = read('cluster') ?? '';
  const project = useDebounced((read('project') ?? '').trim(), SETTLE_MS);
  const namespace = useDebounced((read('namespace') ?? '').trim(), SETTLE_MS);
  const wanted = {
    ...(cluster === '' ? {} : { cluster_id: cluster }),
    ...(project === '' ? {} : { project }),
    ...(namespace === '' ? {} : { namespace }),
  };
  const errors = fieldErrors(publicOperations.listAudit.input, wanted);
  return (
    <PageStack testId="audit-page">
      <PageHeader
        title="Audit"
        description="Who changed what, with which result. Entries are only added, each sealed over the one before."
        actions={
          <ClusterFilter
            clusters={clusters.data ?? []}
            value={cluster}
            onChange={(id) => {
              change({ cluster: id });
            }}
          />
        }
      />
      <TrailCheck />
      <FieldRow>
        <TextInput
          label="Project"
          optional
          error={errors['project']}
          value={read('project') ?? ''}
          testId="audit-project"
          onChange={(text) => {
            change({ project: text });
          }}
        />
        <TextInput
          label="Namespace"
          optional
          error={errors['namespace']}
          value={read('namespace') ?? ''}
          testId="audit-namespace"
          onChange={(text) => {
            change({ namespace: text });
          }}
        />
      </FieldRow>
      {Object.keys(errors).length > 0 ? null : (
        <Card flush>
          <AuditList scope={wanted} limit={PAGE_SIZE} />
        </Card>
      )}
    </PageStack>
  );
}
