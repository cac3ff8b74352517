'use client';

import { useState } from 'react';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { Catalog } from './catalog.tsx';
import { ChosenCluster } from './chosen-cluster.tsx';
import { DeployDialog } from './deploy-dialog.tsx';
import { UploadDialogs, type OpenUpload } from './uploads/upload-dialogs.tsx';

export function CatalogView() {
  const catalog = useQuery('listServices', {});
  const uploads = useQuery('listUploads', {});
  const [read, change] = useUrlState();
  const [filter, setFilter] = useState({ query: read('q') ?? '', deployableOnly: read('deployable') !== null });
  const [open, setOpen] = useState<OpenUpload>(null);
  const [news, setNews] = useState('');
  const clusterId = read('cluster');
  const deploying = catalog.data?.services.find((service) => service.service_id === read('deploy'));
  const reload = () => {
    catalog.reload();
    uploads.reload();
  };
  const openUpload = () => {
    setOpen({ kind: 'add' });
  };

  return (
    <PageStack testId="services-page">
      <PageHeader
        title="Services"
        description="What your Compose files define. Pick one, look at what it becomes on Kubernetes, and deploy it."
        actions={
          <>
            <Button icon="refresh" onClick={reload}>
              Reload
            </Button>
            <Button look="primary" icon="upload" data-testid="upload-btn" onClick={openUpload}>
              Upload
            </Button>
          </>
        }
      />
      {clusterId === null ? null : (
        <ChosenCluster
          clusterId={clusterId}
          onClear={() => {
            change({ cluster: null });
          }}
        />
      )}
      {news === '' ? null : <Notice tone="ok" role="status" title={news} testId="catalog-news" />}
      {catalog.error === undefined ? null : <ErrorNotice error={catalog.error} onRetry={catalog.reload} />}
      {uploads.error === undefined ? null : <ErrorNotice error={uploads.error} onRetry={uploads.reload} />}
      {catalog.data === undefined ? (
        catalog.error === undefined && <Skeleton label="Loading services" shape="cards" count={6} />
      ) : (
        <Catalog
          services={catalog.data.services}
          problems={catalog.data.problems}
          uploads={uploads.data?.uploads ?? []}
          filter={filter}
          onFilter={(next) => {
            setFilter(next);
            change({ q: next.query, deployable: next.deployableOnly ? '1' : null });
          }}
          onDeploy={(service) => {
            change({ deploy: service.service_id });
          }}
          onUpload={openUpload}
          onRemove={(upload) => {
            setOpen({ kind: 'remove', upload });
          }}
        />
      )}
      {deploying === undefined ? null : (
        <DeployDialog
          key={deploying.service_id}
          service={deploying}
          givenClusterId={clusterId}
          onClose={() => {
            change({ deploy: null });
          }}
        />
      )}
      <UploadDialogs
        open={open}
        known={uploads.data?.uploads ?? []}
        onClose={() => {
          setOpen(null);
        }}
        onChanged={(text) => {
          setNews(text);
          reload();
        }}
        onStale={uploads.reload}
      />
    </PageStack>
  );
}
