'use client';

import { useQuery } from '../../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../../ui/breadcrumb.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../../ui/skeleton.tsx';
import { useUrlState } from '../../../../../ui/use-url-state.ts';
import { usePlace } from '../_hooks/use-place.ts';
import { DeployForm } from './deploy-form.tsx';
import { PlaceFields } from './place-fields.tsx';

/** Deploys a project as a stack: where, what, with which values; then what that would change. */
export function DeployView({ project: name }: { readonly project: string }) {
  const [read, change] = useUrlState();
  const project = useQuery('getProject', { project: name });
  const place = usePlace({ project: name, cluster: read('cluster'), namespace: read('namespace') });
  const error = project.error ?? place.error;
  const isLoaded = project.data !== undefined && place.isKnown;
  return (
    <PageStack testId="deploy-page">
      <PageHeader above={<Breadcrumb href="/projects" name="Projects" />} title={`Deploy ${name}`} />
      {error === undefined ? null : (
        <ErrorNotice
          error={error}
          onRetry={() => {
            project.reload();
            place.reload();
          }}
        />
      )}
      {!isLoaded ? (
        error === undefined && <Skeleton label="Loading the project" shape="rows" count={4} />
      ) : (
        <>
          <PlaceFields
            place={place}
            namespace={read('namespace')}
            onCluster={(cluster) => {
              change({ cluster, namespace: null });
            }}
            onNamespace={(namespace) => {
              change({ namespace });
            }}
          />
          {place.clusterId === null || (place.stacks.length > 1 && place.stack === null) ? null : (
            <DeployForm
              // What is typed belongs to one place.
              key={`${place.clusterId} ${place.stack?.stack_id ?? ''}`}
              project={project.data}
              clusterId={place.clusterId}
              stack={place.stack}
              isOneOfSeveral={place.stacks.length > 1}
            />
          )}
        </>
      )}
    </PageStack>
  );
}
