import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

type Change = Readonly<Record<string, string | null>>;

/** The query of the page's address and what changes it without a new entry in the history; null removes a name. */
export function useUrlState(): readonly [(name: string) => string | null, (change: Change) => void] {
  const search = useSearchParams();
  const change = useCallback((wanted: Change) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(wanted)) {
      if (value === null || value === '') next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    window.history.replaceState(null, '', `${window.location.pathname}${query === '' ? '' : `?${query}`}`);
  }, []);
  return [(name) => search.get(name), change];
}
