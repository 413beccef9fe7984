// What a submission can hold, by the JSON Schema that the trainer publishes: values and lists.

const NAMES = ['kind', 'technique', 'rule']; // what tells the variants of an object apart

/**
 * Each as {path, type, options, standard, hint, …} of a single value, or {path, list, entries, …} of a
 * list, each entry with parts of its own; of an object that has kinds, those of the kind that it has.
 *
 * @param value the submission, or the part of it that the schema is of
 * @param needed whether there has to be one
 */
export function parts(schema, value, path = '', needed = true) {
  if (schema.oneOf) return chosen(schema, value, path, needed);
  if (schema.properties) return within(schema, value, path, needed);
  if (schema.const !== undefined) return [];
  if (schema.type === 'array' && schema.items) return [list(schema, value, path, needed)];
  const options = schema.enum ?? (schema.type === 'boolean' ? [true, false] : undefined);
  return [{...single(path, schema, options, needed), said: value !== undefined}];
}

/** All of them, those of the entries of lists too. */
export function flat(all) {
  return all.flatMap((part) => (part.list ? [part, ...part.entries.flatMap((entry) => flat(entry.parts))] : [part]));
}

/** What tells the variants apart, and the schema of each by its name; undefined where there are none. */
function variants({oneOf = []}) {
  const by = NAMES.find((name) => oneOf.length > 0 && oneOf.every((one) => one.properties?.[name]?.const !== undefined));
  return by && {by, of: new Map(oneOf.map((one) => [one.properties[by].const, one]))};
}

/** What an object requires it doesn't where there is no such object, and there needn't be. */
function within({properties, required = []}, value, path, needed) {
  const there = needed || value !== undefined;
  return Object.entries(properties).flatMap(([name, part]) =>
    parts(part, value?.[name], path ? `${path}.${name}` : name, there && required.includes(name)));
}

function chosen(schema, value, path, needed) {
  const kinds = variants(schema);
  if (!kinds) return constants(schema, value, path, needed);
  const names = [...kinds.of.keys()];
  const standard = schema.optional ? undefined : schema.default?.[kinds.by] ?? names[0];
  const kind = typeof value === 'string' ? value : value?.[kinds.by] ?? standard;
  const option = kinds.of.get(kind);
  const keeps = Object.fromEntries([...kinds.of].map(([name, {properties}]) => [name, Object.keys(properties)]));
  const own = {...schema, type: 'string', default: standard};
  return [{...single(`${path}.${kinds.by}`, own, names), keeps, said: value !== undefined}, ...(option ? within(option, value, path, needed) : [])];
}

/** A word, where an object may stand too: that is left to the text. */
function constants(schema, value, path, needed) {
  const words = schema.oneOf.map((one) => one.const).filter((word) => word !== undefined);
  return words.length === 0 || typeof value === 'object' ? [] : [single(path, {...schema, type: 'string'}, words, needed)];
}

function list(schema, value, path, needed) {
  const kinds = variants(schema.items);
  const given = Array.isArray(value) ? value : [];
  return {
    path, list: true, hint: schema.description, standard: schema.default, variants: kinds && [...kinds.of.keys()],
    least: needed ? schema.minItems ?? 0 : 0, most: schema.maxItems ?? Infinity, alone: schema.alone,
    fresh: (name) => (kinds ? {[kinds.by]: name} : blank(schema.items, given)),
    entries: given.map((entry, at) => entryOf(schema.items, kinds, entry, `${path}[${at}]`)),
  };
}

function entryOf(items, kinds, value, path) {
  const name = kinds && value?.[kinds.by];
  const own = kinds ? kinds.of.get(name) : items;
  return {path, name, known: own !== undefined, hint: kinds && own?.description, parts: own ? parts(own, value, path) : []};
}

/** Of a number the last one again, which is a better guess than the least. */
function blank(items, given) {
  if (items.properties) return {};
  return ['number', 'integer'].includes(items.type) ? given[given.length - 1] ?? items.minimum ?? 0 : '';
}

function single(path, {type, description, default: standard, pattern, minLength, ...limits}, options, needed = false) {
  return {
    path, options, standard, limits, pattern, whole: type === 'integer', needed: needed && standard === undefined,
    hint: [description, said(limits)].filter(Boolean).join(' '),
    type: {number: 'number', integer: 'number', boolean: 'boolean', array: 'json'}[type] ?? 'text',
  };
}

/** What a number has to keep to; limits that are the type's own say nothing. */
function said({minimum, maximum, exclusiveMinimum, exclusiveMaximum}) {
  const sane = (limit) => limit !== undefined && Number.isSafeInteger(Math.trunc(limit));
  return [
    sane(minimum) && `From ${minimum}.`, sane(exclusiveMinimum) && `Above ${exclusiveMinimum}.`,
    sane(maximum) && `To ${maximum}.`, sane(exclusiveMaximum) && `Below ${exclusiveMaximum}.`,
  ].filter(Boolean).join(' ');
}
