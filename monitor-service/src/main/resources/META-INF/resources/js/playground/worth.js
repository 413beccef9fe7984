// What a model is worth on rows whose truth is known: scores, reliability, and what abstaining buys.
import {element as e} from '../dom.js';
import {spoken} from '../numbers.js';
import {shape} from './answer.js';

const SCORES = [['accuracy', 'Accuracy'], ['nll', 'Negative log-likelihood, nats'], ['brier', 'Brier score'],
  ['ece', 'Expected calibration error'], ['aurc', 'Area under risk and coverage'], ['rmse', 'RMSE'], ['mae', 'Mean absolute error']];
const SIDE = 300;
const EDGE = 60;

/** Rows of a CSV text: features, and a last column of class numbers or values. */
export function labeled(text, features) {
  const lines = text.trim().split(/\r?\n/).slice(1);
  const rows = lines.map((line, i) => {
    const cells = line.split(',');
    if (cells.length !== features + 1 || cells.some((cell) => cell.trim() === '' || Number.isNaN(Number(cell)))) {
      throw new Error(`line ${i + 2} should have ${features} numbers and a truth: had ${cells.length} cells`);
    }
    return cells.map(Number);
  });
  if (!rows.length) throw new Error('the file should have a line of names and then rows');
  return {data: rows.flatMap((row) => row.slice(0, -1)), truths: rows.map((row) => row.at(-1)), count: rows.length};
}

export function drawn({plain, mc_dropout: sampled}) {
  const parts = [e('div', {class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Scores'}, scores(plain, sampled))];
  if (plain.reliability) {
    parts.push(e('div', {class: 'plots'},
      figure('Is it right as often as it is sure?', 'confidence', 'share that is right', [0, 1],
        [['plain', reliable(plain)], ['sampled', sampled && reliable(sampled)]], true),
      figure('What does abstaining buy?', 'share of the rows that are answered', 'share of those that is wrong',
        [0, riskiest(plain, sampled)], [['plain', covered(plain)], ['sampled', sampled && covered(sampled)]], false)));
  }
  return parts;
}

function scores(plain, sampled) {
  return e('table', {class: 'scores'},
    e('caption', {class: 'heard'}, 'Scores, plain and with MC-dropout'),
    e('thead', {}, e('tr', {}, e('th', {scope: 'col'}, ''), e('th', {scope: 'col', class: 'plain'}, 'plain'),
      sampled ? e('th', {scope: 'col', class: 'sampled'}, 'MC-dropout') : null)),
    e('tbody', {}, SCORES.filter(([key]) => plain[key] !== undefined).map(([key, label]) =>
      e('tr', {}, e('th', {scope: 'row'}, label), e('td', {}, spoken(Number(plain[key]))),
        sampled ? e('td', {}, spoken(Number(sampled[key]))) : null))));
}

const reliable = ({reliability}) => reliability.filter((bin) => bin.count > 0).map((bin) => [bin.confidence, bin.accuracy]);
const covered = ({risk_coverage: points}) => points.map((point) => [point.coverage, point.risk]);
const riskiest = (...all) => Math.max(0.01, ...all.filter(Boolean).flatMap((one) => one.risk_coverage.map((point) => point.risk))) * 1.1;

function figure(title, across, up, [low, high], lines, diagonal) {
  const x = (value) => EDGE + value * (SIDE - EDGE - 10);
  const y = (value) => SIDE - EDGE - (value - low) / (high - low) * (SIDE - EDGE - 10);
  const svg = shape('svg', {viewBox: `0 0 ${SIDE} ${SIDE}`, role: 'img', 'aria-label': `${title} ${up} by ${across}`});
  svg.append(line('axis', [[x(0), y(low)], [x(1), y(low)]]), line('axis', [[x(0), y(low)], [x(0), y(high)]]));
  if (diagonal) svg.append(line('ideal', [[x(0), y(0)], [x(1), y(1)]]));
  for (const [look, points] of lines) {
    if (points?.length) svg.append(line(look, points.map(([a, b]) => [x(a), y(b)])));
  }
  for (const share of [0, 0.5, 1]) {
    const value = low + share * (high - low);
    svg.append(
      said(String(share), {x: x(share), y: SIDE - EDGE + 16, 'text-anchor': 'middle'}),
      said(String(Number(value.toPrecision(2))), {x: EDGE - 6, y: y(value) + 4, 'text-anchor': 'end'}));
  }
  const middle = (SIDE - EDGE + 10) / 2;
  svg.append(
    said(across, {x: x(0.5), y: SIDE - 8, 'text-anchor': 'middle'}),
    said(up, {x: 12, y: middle, 'text-anchor': 'middle', transform: `rotate(-90 12 ${middle})`}));
  return e('figure', {}, e('figcaption', {}, title), svg);
}

function line(look, points) {
  return shape('polyline', {class: look, points: points.map((point) => point.join(',')).join(' ')});
}

function said(text, place) {
  const node = shape('text', place);
  node.textContent = text;
  return node;
}
