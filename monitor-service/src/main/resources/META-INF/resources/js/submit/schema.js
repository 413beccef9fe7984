// The single values of a submission, by the JSON Schema that the trainer publishes.

/**
 * Each as {path, type, options, hint, standard}; where a kind decides which there are, those of the
 * kind that the submission has.
 *
 * @param value the submission, or the part of it that the schema is of
 */
export function leaves(schema, value, path = '') {
  if (schema.oneOf) return chosen(schema, value, path);
  if (schema.properties) {
    return Object.entries(schema.properties)
      .flatMap(([name, part]) => leaves(part, value?.[name], path ? `${path}.${name}` : name));
  }
  if (schema.const !== undefined || schema.type === 'array') return [];
  return [leaf(path, schema, schema.enum ?? (schema.type === 'boolean' ? [true, false] : undefined))];
}

function chosen(schema, value, path) {
  const kinds = schema.oneOf.map((option) => option.properties?.kind?.const);
  if (kinds.includes(undefined)) return [];
  const kind = value?.kind ?? schema.default?.kind ?? kinds[0];
  const option = schema.oneOf[kinds.indexOf(kind)];
  const own = {...schema, type: 'string', default: schema.default?.kind ?? kinds[0]};
  return [leaf(`${path}.kind`, own, kinds), ...(option ? leaves({properties: option.properties}, value, path) : [])];
}

function leaf(path, {type, description, default: standard, ...limits}, options) {
  return {
    path, options, standard, hint: [description, said(limits)].filter(Boolean).join(' '),
    type: ['number', 'integer'].includes(type) ? 'number' : type === 'boolean' ? 'boolean' : 'text',
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
