import { useState } from 'react';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { DiagnosticNotices } from '../../../ui/diagnostic-notices.tsx';
import { FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';
import { usePreview, type Preview } from '../_hooks/use-preview.ts';
import { CompileError } from './compile-error.tsx';
import styles from './preview-panel.module.css';

interface PreviewPanelProps {
  readonly state: DeployFormState;
  /** Leads to the fields for `${…}` that the Compose file asks for. */
  readonly onFillIn: () => void;
}

/** What the form compiles to: findings first, then the objects. */
export function PreviewPanel({ state, onFillIn }: PreviewPanelProps) {
  const { errors, missing, preview } = state;
  const [first] = Object.values(errors);
  if (first !== undefined) {
    return (
      <Notice tone="warn" title="The form has to be put right first">
        <p>{first}</p>
      </Notice>
    );
  }
  return (
    <FieldStack>
      {missing.length === 0 ? null : (
        <Notice tone="warn" title="Still to be filled in before the deploy">
          <p>{missing.join(', ')}</p>
        </Notice>
      )}
      {preview.onlySaved.length === 0 ? null : (
        <Notice tone="info" title="Some changes show only once they are saved">
          <p>{preview.onlySaved.join(', ')}: the preview still has what was saved before.</p>
        </Notice>
      )}
      <LoadedPreview state={state} onFillIn={onFillIn} />
    </FieldStack>
  );
}

function LoadedPreview({ state, onFillIn }: PreviewPanelProps) {
  const [turn, setTurn] = useState(0);
  const { preview, error } = usePreview(state.preview.request, turn, state.offerFileVariables);
  if (error !== undefined) {
    return (
      <CompileError
        error={error}
        testId="preview-error"
        onRetry={() => {
          setTurn(turn + 1);
        }}
        onFillIn={onFillIn}
      />
    );
  }
  if (preview === null) return <p role="status">Compiling…</p>;
  return (
    <>
      <p role="status" data-testid="preview-summary">
        <strong>{preview.manifests.length} objects</strong>: {kindsOf(preview)}. Values of Secrets are not shown.
      </p>
      <DiagnosticNotices diagnostics={preview.diagnostics} />
      <ul className={styles['manifests']} data-testid="preview-manifests">
        {preview.manifests.map((manifest) => (
          <li key={manifest.file}>
            <details>
              <summary>
                <strong>{manifest.kind}</strong> {manifest.name}
              </summary>
              <CodeBlock text={manifest.yaml} label={`${manifest.kind} ${manifest.name}`} />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

function kindsOf(preview: Preview): string {
  const counts = Map.groupBy(preview.manifests, (manifest) => manifest.kind);
  return [...counts].map(([kind, of]) => (of.length === 1 ? kind : `${String(of.length)} ${kind}`)).join(', ');
}
