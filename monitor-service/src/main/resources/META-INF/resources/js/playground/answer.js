// A model's answer: what it says, how far its sub-networks are apart, and whether it had better not say it.
import {element as e} from '../dom.js';
import {percent, spoken} from '../numbers.js';

const MEASURES = [
  ['predictive_entropy', 'Predictive entropy', 'nats'],
  ['expected_entropy', 'Expected entropy, of each sub-network', 'nats'],
  ['mutual_information', 'Mutual information: what they disagree on', 'nats'],
  ['variation_ratio', 'Sub-networks that vote for another class', ''],
  ['margin', 'Margin to the second', ''],
];

/** By output: its values and what is beside them. */
export function read(answer) {
  const outputs = new Map();
  for (const {name, shape, data} of answer.outputs) {
    const dot = [...outputs.keys()].find((output) => name.startsWith(`${output}.`));
    if (dot) outputs.get(dot).beside[name.slice(dot.length + 1)] = data;
    else outputs.set(name, {values: data, shape, beside: {}});
  }
  return outputs;
}

export function sentence(outputs) {
  return [...outputs].map(([name, output]) => {
    const prefix = outputs.size > 1 ? `${name}: ` : '';
    const {values, beside} = output;
    if (!isDistribution(output)) {
      const spread = beside.variance ? ` ± ${spoken(Math.sqrt(beside.variance[0]))}` : '';
      return `${prefix}It says ${values.map((v) => spoken(v)).join(', ')}${spread}.`;
    }
    const best = values.indexOf(Math.max(...values));
    if (beside.abstain?.[0]) {
      return `${prefix}It abstains: its sub-networks disagree too much. It would have said ${best}.`;
    }
    return `${prefix}It says ${best}, with ${percent(values[best])}.`;
  }).join(' ');
}

export function drawn(name, output) {
  const sampled = output.beside.variance !== undefined;
  const best = output.values.indexOf(Math.max(...output.values));
  return e('div', {},
    e('p', {class: 'quiet'}, sampled
      ? `${name}: mean of the sub-networks, with the standard deviation between them`
      : `${name}: one pass, for the model has no live Dropout`),
    e('div', {class: 'bars'}, output.values.flatMap((value, i) => {
      const deviation = sampled ? Math.sqrt(output.beside.variance[i]) : undefined;
      return [
        e('span', {}, isDistribution(output) ? String(i) : 'value'),
        isDistribution(output) ? bar(value, deviation, i === best) : e('span', {}),
        e('span', {}, isDistribution(output) ? percent(value) : spoken(value),
          deviation === undefined ? '' : ` ± ${isDistribution(output) ? percent(deviation) : spoken(deviation)}`),
      ];
    })),
    e('dl', {class: 'measures'}, MEASURES.filter(([key]) => output.beside[key]).flatMap(([key, label, unit]) => [
      e('dt', {}, label), e('dd', {}, `${spoken(output.beside[key][0])} ${unit}`.trim()),
    ])));
}

function isDistribution(output) {
  return output.beside.predictive_entropy !== undefined
    || (output.values.length > 1 && Math.abs(output.values.reduce((a, b) => a + b, 0) - 1) < 1e-3);
}

function bar(value, deviation, first) {
  const svg = shape('svg', {viewBox: '0 0 100 18', preserveAspectRatio: 'none', 'aria-hidden': 'true'});
  svg.append(shape('rect', {class: 'rail', x: 0, y: 3, width: 100, height: 12}),
    shape('rect', {class: first ? 'bar first' : 'bar', x: 0, y: 3, width: 100 * value, height: 12}));
  if (deviation !== undefined) {
    const from = Math.max(0, 100 * (value - deviation));
    const to = Math.min(100, 100 * (value + deviation));
    svg.append(shape('line', {class: 'spread', x1: from, x2: to, y1: 9, y2: 9, 'vector-effect': 'non-scaling-stroke'}));
  }
  return svg;
}

export function shape(tag, properties) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  return node;
}
