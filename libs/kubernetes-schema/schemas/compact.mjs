// OpenAPI to one line a type: `Name field:type,field!:type` (! = required). The reader is src/schema/type-text.ts.
//   s i l n b     string, int32, int64, number, boolean        q x t y   quantity, int-or-string, time, base64
//   r             a string whose empty value is not the same as none
//   o *           any object, anything                         Name      another type
//   [T {T         list, map of T                               e(a|b)T   one of these words
//   [=k.k=T       list with these keys (a plain set: [==T)     ~k~ before T: strategic merge by key k (~~ for plain values)
//   ^T            strategic merge with retainKeys              c{json}T  length, pattern and number limits (custom resources)
// A kind is a line `apiVersion/Kind =Type`.

const scalars = { 'date-time': 't', byte: 'y', 'int-or-string': 'x', int32: 'i', int64: 'l' };
const plain = { string: 's', integer: 'l', number: 'n', boolean: 'b' };
const special = { Quantity: 'q', IntOrString: 'x', Time: 't', MicroTime: 't', RawExtension: 'o', FieldsV1: 'o' };

const shortName = (ref) => ref.split('.').at(-1);
const packageOf = (ref) => ref.split('.').slice(-3, -1).join('/');

function listMarks(schema) {
  const keys =
    schema['x-kubernetes-list-type'] === 'map'
      ? `=${schema['x-kubernetes-list-map-keys'].join('.')}=`
      : schema['x-kubernetes-list-type'] === 'set'
        ? '=='
        : '';
  const merges = (schema['x-kubernetes-patch-strategy'] ?? '').split(',').includes('merge');
  return keys + (merges ? `~${schema['x-kubernetes-patch-merge-key'] ?? ''}~` : '');
}

function lineOf(definition, typeOf) {
  const required = new Set(definition.required);
  return Object.entries(definition.properties ?? {})
    .map(([name, field]) => `${name}${required.has(name) ? '!' : ''}:${typeOf(name, field)}`)
    .join(',');
}

/** name → line, for the kinds given and all they reach. Status is what the cluster says, so any object will do. */
export function compactOpenApi(definitions, goFields, kinds) {
  const lines = new Map();
  const names = new Map();
  const typeName = (ref) => {
    const name = shortName(ref);
    if ((names.get(name) ?? ref) !== ref)
      return `${packageOf(ref)
        .split('/')[0]
        .replace(/^./, (c) => c.toUpperCase())}${name}`;
    names.set(name, ref);
    return name;
  };
  const visit = (ref) => {
    const short = shortName(ref);
    if (special[short]) return special[short];
    const name = typeName(ref);
    if (lines.has(name)) return name;
    lines.set(name, '');
    const known = (field) => goFields.get(`${packageOf(ref)}.${short}.${field}`) ?? {};
    const typeOf = (field, schema) => {
      if (field === 'status' && schema.allOf) return 'o';
      const retain = (schema['x-kubernetes-patch-strategy'] ?? '').split(',').includes('retainKeys') ? '^' : '';
      const target = schema.$ref ?? schema.allOf?.[0].$ref;
      if (target) return retain + visit(target.split('/').at(-1));
      if (schema.type === 'array') return `${retain}[${listMarks(schema)}${typeOf(field, schema.items)}`;
      if (schema.type === 'object')
        return schema.additionalProperties ? `{${typeOf('', schema.additionalProperties)}` : 'o';
      const { words, pointer } = schema.type === 'string' ? known(field) : {};
      const scalar = scalars[schema.format] ?? (pointer ? 'r' : plain[schema.type]) ?? '*';
      return `${words ? `e(${words.join('|')})` : ''}${scalar}`;
    };
    lines.set(name, lineOf(definitions[ref], typeOf));
    return name;
  };
  const roots = Object.entries(definitions).filter(
    ([ref, d]) => kinds.has(shortName(ref)) && d['x-kubernetes-group-version-kind']?.length === 1,
  );
  const kindLines = roots
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([ref, d]) => {
      const { group, version, kind } = d['x-kubernetes-group-version-kind'][0];
      return [`${group ? `${group}/` : ''}${version}/${kind}`, `=${visit(ref)}`];
    });
  return new Map([...kindLines, ...[...lines].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

const limits = [
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
];

/** The same for one version of a custom resource; nested objects become types named by their path. */
export function compactCrd(crd, version) {
  const { group, names, versions } = crd.spec;
  const lines = new Map();
  const typeOf = (name, schema) => {
    const kept = Object.fromEntries(limits.filter((k) => schema[k] !== undefined).map((k) => [k, schema[k]]));
    const limit = Object.keys(kept).length ? `c${JSON.stringify(kept)}` : '';
    if (schema['x-kubernetes-int-or-string']) return `${limit}x`;
    if (schema.type === 'array') return `${limit}[${listMarks(schema)}${typeOf(name, schema.items)}`;
    if (schema.type === 'object' && schema.additionalProperties)
      return `${limit}{${typeOf(name, schema.additionalProperties)}`;
    if (schema.type === 'object' && !schema.properties) return `${limit}o`;
    if (schema.type === 'object') {
      lines.set(name, '');
      lines.set(
        name,
        lineOf(schema, (field, s) => {
          if (field === 'metadata') return 'ObjectMeta';
          if (field === 'status') return 'o';
          return typeOf(name + field.replace(/^./, (c) => c.toUpperCase()), s);
        }),
      );
      return limit + name;
    }
    const scalar = scalars[schema.format] ?? (schema.type === 'string' ? 'r' : plain[schema.type]) ?? '*';
    return `${limit}${schema.enum ? `e(${schema.enum.join('|')})` : ''}${scalar}`;
  };
  const root = versions.find((v) => v.name === version).schema.openAPIV3Schema;
  const type = typeOf(names.kind, root);
  return new Map([
    [`${group}/${version}/${names.kind}`, `=${type}`],
    ...[...lines].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}
