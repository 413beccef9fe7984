import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documented, faults, served } from './meters.mjs';

const DOCUMENT = `## trainer
| name | type | labels | unit | |
|---|---|---|---|---|
| \`bridle_a_seconds\` | histogram | \`mode\` | seconds | how long |
| \`bridle_b_total\` | counter | | events | how many |
`;
const TEXT = `# TYPE jvm_threads gauge
jvm_threads 3
# TYPE bridle_a_seconds histogram
bridle_a_seconds_bucket{mode="x} y",le="0.1"} 1
bridle_a_seconds_sum{mode="x} y"} 0.1
# TYPE bridle_a_seconds_max gauge
bridle_a_seconds_max{mode="x} y"} 0.1
# TYPE bridle_b counter
bridle_b_total 1
`;
const found = (document, text, texts = []) =>
  faults('trainer', documented(document).get('trainer'), served(text), new Set(texts));

test('finds nothing where both agree', () => assert.deepEqual(found(DOCUMENT, TEXT), []));

test('finds what is served and not documented', () =>
  assert.deepEqual(found(DOCUMENT, `${TEXT}# TYPE nv_c gauge\nnv_c 1\n`),
    ['trainer: nv_c is served and not in the document']));

test('finds another type and other labels', () =>
  assert.deepEqual(found(DOCUMENT.replace('histogram | `mode`', 'summary | `model`'), TEXT), [
    'trainer: bridle_a_seconds is a histogram and not a summary',
    'trainer: bridle_a_seconds has the labels "mode" and not "model"']));

test('takes a meter that is not served only if the sources name it', () => {
  const gone = TEXT.replace(/.*bridle_b.*\n/g, '');
  assert.deepEqual(found(DOCUMENT, gone), ['trainer: bridle_b_total is neither served nor in the sources']);
  assert.deepEqual(found(DOCUMENT, gone, ['bridle_b']), []);
  assert.deepEqual(found(DOCUMENT, gone, ['bridle_', 'b']), []);
});
