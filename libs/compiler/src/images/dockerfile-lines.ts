export interface Instruction {
  /** In capitals. */
  readonly keyword: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile in order: continued lines as one, without comments and the bodies of here-documents. */
export function instructionsOf(text: string): readonly Instruction[] {
  const instructions: Instruction[] = [];
  let pending = '';
  let ends: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [end, ...others] = ends;
    if (end !== undefined) {
      if (line.trim() === end) ends = others;
      continue;
    }
    if (/^\s*#/.test(line)) continue;
    const continued = /^(.*)[\\`]\s*$/.exec(line);
    if (continued !== null) {
      pending += `${continued[1] ?? ''} `;
      continue;
    }
    const whole = `${pending}${line}`.trim();
    pending = '';
    const [, keyword, rest = ''] = /^([A-Za-z]+)\s+(.*)$/s.exec(whole) ?? [];
    if (keyword === undefined) continue;
    instructions.push({ keyword: keyword.toUpperCase(), rest });
    ends = /^(RUN|COPY|ADD)$/i.test(keyword) ? hereDocuments(rest) : [];
  }
  return instructions;
}

function hereDocuments(text: string): readonly string[] {
  return [...text.matchAll(/<<-?(["']?)([A-Za-z_]\w*)\1/g)].map(([, , end = '']) => end);
}
