// The monitor's rules as the trainer's schema has its techniques: it is the monitor that documents them.

const TYPES = {WHOLE_NUMBER: 'integer', NUMBER: 'number', FLAG: 'boolean', CURVE: 'array', TEXT: 'string'};
const NEEDS = {reduceLearningRate: ['factor'], strengthenRegularization: ['technique', 'factor']};

/** The run's schema, with a schema of each rule as GET /v1/rules lists them. */
export function withRules(schema, {rules, action}) {
  const changed = structuredClone(schema);
  const {policy} = changed.properties;
  // A policy without rules is none.
  policy.required = [];
  Object.assign(policy.properties.rules, {alone: true, items: {oneOf: rules.map((rule) => ruled(rule, action))}});
  return changed;
}

function ruled({rule, description, settings}, action) {
  return {
    title: rule,
    description,
    properties: {
      rule: {const: rule},
      ...Object.fromEntries(settings.map((setting) => [setting.name, single(setting)])),
      ...(rule !== 'stalledRun' && {action: acted(action)}),
    },
    required: ['rule'],
  };
}

function acted(settings) {
  const of = (name) => settings.find((setting) => setting.name === name);
  return {
    description: 'What its verdicts lead to, where not to what the rule says.',
    optional: true,
    oneOf: of('kind').choices.map((kind) => ({
      properties: {
        kind: {const: kind},
        ...Object.fromEntries((NEEDS[kind] ?? []).map((name) => [name, single(of(name))])),
      },
    })),
  };
}

function single({kind, defaultValue, minimum, choices, description}) {
  const least = Number(minimum);
  const numeric = kind === 'WHOLE_NUMBER' || kind === 'NUMBER';
  return {
    type: TYPES[kind],
    description: kind === 'CURVE' ? `${description} Such as [[1, 0.9], [2, 0.8]].` : description,
    ...(defaultValue !== undefined && defaultValue !== null && {default: defaultValue}),
    ...(numeric && Number.isFinite(least) && {minimum: least}),
    ...(choices.length > 0 && {enum: choices}),
  };
}
