// What a Go types file knows of a field and the published OpenAPI leaves out.

/** Closed sets that lack the mark. */
const unmarked = [
  'MetricTargetType',
  'HPAScalingPolicyType',
  'ScalingPolicySelect',
  'PersistentVolumeClaimRetentionPolicyType',
];

/** `Struct.jsonField` → { words?: the closed set of a type marked `+enum`, pointer: whether empty differs from absent } */
export function readGoFields(source, words) {
  const fields = new Map();
  for (const [, struct, body] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm))
    for (const [, sign, type, json] of body.matchAll(/^\s*\w+\s+(\*|\[\])?\*?(?:\w+\.)?(\w+)\s+`[^`]*json:"(\w+)/gm))
      fields.set(`${struct}.${json}`, { words: words.get(type), pointer: sign === '*' });
  return fields;
}

/** Type → words. */
export function readWords(source) {
  const marks = source.matchAll(/^\/\/ ?\+enum\s*\n(?:\/\/.*\n)*type (\w+) string/gm);
  const marked = new Set([...unmarked, ...Array.from(marks, ([, type]) => type)]);
  const constants = /^\s*\w+\s+(?:(\w+)\s*=\s*"([^"]*)"|=\s*(\w+)\("([^"]*)"\))/gm;
  const words = new Map();
  for (const [, declared, a, called, b] of source.matchAll(constants)) {
    const type = declared ?? called;
    if (marked.has(type)) words.set(type, [...new Set([...(words.get(type) ?? []), a ?? b])]);
  }
  return words;
}
