const NAMES = /^HostSNI\(\s*((?:`[^`]+`|"[^"]+")(?:\s*,\s*(?:`[^`]+`|"[^"]+"))*)\s*\)$/i;

/** What a rule of TCP asks for, where that is server names alone; `*` is any. Undefined: it asks for something else. */
export function serverNamesOf(rule: string): readonly string[] | undefined {
  const names: string[] = [];
  for (const part of rule.split('||')) {
    const list = NAMES.exec(part.trim())?.[1];
    if (list === undefined) return undefined;
    names.push(...list.split(',').map((name) => name.trim().slice(1, -1).toLowerCase()));
  }
  return [...new Set(names)];
}
