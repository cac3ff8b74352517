import type { DiagnosticData } from '@ushadow/contracts';
import { useState } from 'react';
import { problemOfDiagnostic, problemsOf } from '../../../api/error-details.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemList } from '../../../ui/problem-list.tsx';
import type { Tone } from '../../../ui/badge.tsx';
import { fileVariables } from '../_deploy/file-variables.ts';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';
import { usePreview, type Preview } from '../_hooks/use-preview.ts';
import styles from './preview-panel.module.css';

/** Longer lists of warnings and notes start folded, so that the objects below are not lost. */
const OPEN_MAX = 3;

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
      <ErrorNotice
        error={error}
        testId="preview-error"
        onRetry={() => {
          setTurn(turn + 1);
        }}
        actions={
          fileVariables(problemsOf(error)).length === 0 ? undefined : (
            <Button small look="primary" data-testid="fill-in-variables" onClick={onFillIn}>
              Enter these values
            </Button>
          )
        }
      />
    );
  }
  if (preview === null) return <p role="status">Compiling…</p>;
  return (
    <>
      <p role="status" data-testid="preview-summary">
        <strong>{preview.manifests.length} objects</strong>: {kindsOf(preview)}. Values of Secrets are not shown.
      </p>
      {severities.map((entry) => (
        <Findings key={entry.severity} {...entry} diagnostics={preview.diagnostics} />
      ))}
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

const severities: readonly {
  readonly severity: DiagnosticData['severity'];
  readonly tone: Tone;
  readonly one: string;
  readonly many: string;
}[] = [
  { severity: 'error', tone: 'bad', one: 'error', many: 'errors' },
  { severity: 'warning', tone: 'warn', one: 'warning', many: 'warnings' },
  { severity: 'info', tone: 'info', one: 'note', many: 'notes' },
];

interface FindingsProps {
  readonly severity: DiagnosticData['severity'];
  readonly tone: Tone;
  readonly one: string;
  readonly many: string;
  readonly diagnostics: readonly DiagnosticData[];
}

function Findings({ severity, tone, one, many, diagnostics }: FindingsProps) {
  const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  if (found.length === 0) return null;
  return (
    <Notice tone={tone} title={found.length === 1 ? `1 ${one}` : `${String(found.length)} ${many}`}>
      <details open={severity === 'error' || found.length <= OPEN_MAX}>
        <summary className={styles['findings']}>What they are</summary>
        <ProblemList problems={found.map(problemOfDiagnostic)} />
      </details>
    </Notice>
  );
}

function kindsOf(preview: Preview): string {
  const counts = Map.groupBy(preview.manifests, (manifest) => manifest.kind);
  return [...counts].map(([kind, of]) => (of.length === 1 ? kind : `${String(of.length)} ${kind}`)).join(', ');
}
