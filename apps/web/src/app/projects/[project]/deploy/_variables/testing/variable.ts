import type { ProjectVariableData } from '@ushadow/contracts';

type Candidate = ProjectVariableData['candidates'][number];

/** A variable of a project, with nothing known of it but what is given. */
export function variable(name: string, part: Partial<ProjectVariableData> = {}): ProjectVariableData {
  return {
    ...{ name, value: null, source: 'none', reason: null, is_secret: false, secret_reason: null },
    ...{ secret_override: null, is_set: false, is_required: false, required_message: null, weak: null },
    ...{ uses: [], containers: [], candidates: [] },
    ...part,
  };
}

export function candidate(source: Candidate['source'], value: string | null, part: Partial<Candidate> = {}): Candidate {
  return {
    ...{ source, value, is_secret: value === null, reason: `from ${source}` },
    ...{ setting_paths: [], saved: false, eligible: true },
    ...part,
  };
}
