import { events } from '@ushadow/contracts';
import { useEffect, useState } from 'react';
import type { ScanProgress } from '../_scan/progress-text.ts';

/** How far the scan of a cluster is while it is watched; null until something is told. */
export function useScanProgress(clusterId: string, isWatching: boolean): ScanProgress | null {
  const [progress, setProgress] = useState<ScanProgress | null>(null);

  useEffect(() => {
    if (!isWatching) return undefined;
    const source = new EventSource(`/api/kubernetes/${encodeURIComponent(clusterId)}/scan-infra/stream`);
    source.addEventListener('progress', (event: MessageEvent<string>) => {
      const read = events.scanProgressed.data.safeParse(JSON.parse(event.data));
      if (read.success) setProgress(read.data);
    });
    return () => {
      source.close();
      setProgress(null);
    };
  }, [clusterId, isWatching]);

  return progress;
}
