import { useEffect, useState } from 'react';
import type { ContextReading } from '../_kubeconfig/read-contexts.ts';

/** What the kubeconfig in the form holds; null while it is blank. The YAML parser is loaded when first needed. */
export function useKubeconfigContexts(text: string): ContextReading | null {
  const [reading, setReading] = useState<{ text: string; result: ContextReading } | null>(null);
  const isBlank = text.trim() === '';

  useEffect(() => {
    if (isBlank) return undefined;
    let current = true;
    void import('../_kubeconfig/read-contexts.ts').then(({ readContexts }) => {
      if (current) setReading({ text, result: readContexts(text) });
    });
    return () => {
      current = false;
    };
  }, [text, isBlank]);

  return isBlank || reading?.text !== text ? null : reading.result;
}
