import type { operations, OutputOf } from '@ushadow/contracts';
import { useEffect, useState } from 'react';
import { api } from '../../../api/client.ts';
import type { PreviewRequest } from '../_deploy/to-deploy-request.ts';

export type Preview = OutputOf<typeof operations.previewService>;

export interface PreviewState {
  readonly preview: Preview | null;
  readonly error: unknown;
}

/** What a form compiles to. The answer is not kept: the request may hold typed secrets. `onError` must not change. */
export function usePreview(request: PreviewRequest, turn: number, onError: (error: unknown) => void): PreviewState {
  const text = JSON.stringify(request);
  const [state, setState] = useState<PreviewState>({ preview: null, error: undefined });
  useEffect(() => {
    let current = true;
    const show = (next: PreviewState) => {
      if (current) setState(next);
    };
    api.previewService(JSON.parse(text) as PreviewRequest).then(
      (preview) => {
        show({ preview, error: undefined });
      },
      (error: unknown) => {
        show({ preview: null, error });
        onError(error);
      },
    );
    return () => {
      current = false;
    };
  }, [text, turn, onError]);
  return state;
}
