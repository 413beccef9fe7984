// What is drawn besides the curves: the gap, the best epoch, the stop, alerts, and where a loss is
// no finite number.
import {validationLoss} from './numbers.js';

export function marks(plot, state, color) {
  const {epochs, alerts, bestEpoch, stoppedEpoch, stopLabel, wouldStop, kept} = state;
  const {ctx} = plot;
  const ratio = devicePixelRatio;
  const {left, top, width, height} = plot.bbox;
  const x = (epoch) => plot.valToPos(epoch, 'x', true);
  const y = (loss) => plot.valToPos(loss, 'y', true);
  const text = `${12 * ratio}px ${color('--sans')}`;

  /** What is drawn of epochs that nobody looks at stays out of the axes and labels. */
  function clipped(draw) {
    framed(() => {
      ctx.beginPath();
      ctx.rect(left, top, width, height);
      ctx.clip();
      draw();
    });
  }

  const seen = (epoch) => x(epoch) >= left - 1 && x(epoch) <= left + width + 1;

  function framed(draw) {
    ctx.save();
    draw();
    ctx.restore();
  }

  /**
   * Between the curves, as long as both are finite: a shape for each such stretch of epochs, of no more
   * corners than there are pixels to tell them apart.
   */
  function shadedGap() {
    const [at, training, validation] = plot.data;
    const [first, last] = plot.series[0].idxs;
    const step = Math.max(1, Math.floor((last - first) / width));
    const finite = (i) => training[i] !== null && validation[i] !== null;
    ctx.fillStyle = color('--gap');
    for (let from = first; from <= last; from++) {
      let to = from;
      while (to < last && finite(from) && finite(to + 1)) to++;
      if (to === from) continue;
      ctx.beginPath();
      for (let i = from; i < to; i += step) ctx.lineTo(x(at[i]), y(training[i]));
      ctx.lineTo(x(at[to]), y(training[to]));
      for (let i = to; i > from; i -= step) ctx.lineTo(x(at[i]), y(validation[i]));
      ctx.lineTo(x(at[from]), y(validation[from]));
      ctx.fill();
      from = to;
    }
  }

  /** Spans of epochs without a finite validation loss, hatched, in words where they fit. */
  function shadedNotFinite() {
    let from;
    const spans = [];
    for (const {epoch, metrics} of epochs) {
      const loss = validationLoss(metrics);
      const bad = loss !== undefined && !Number.isFinite(loss);
      if (bad && from === undefined) spans.push(from = {start: epoch, word: String(loss)});
      if (bad) from.end = epoch;
      else from = undefined;
    }
    for (const {start, end, word} of spans) {
      if (x(end) < left || x(start - 1) > left + width) continue;
      const begin = Math.max(left, x(start - 1));
      const wide = Math.max(3 * ratio, Math.min(left + width, x(end)) - begin);
      ctx.save();
      ctx.beginPath();
      ctx.rect(begin, top, wide, height);
      ctx.clip();
      ctx.globalAlpha = 0.16;
      ctx.strokeStyle = color('--critical');
      ctx.lineWidth = ratio;
      for (let at = begin - height; at < begin + wide; at += 9 * ratio) {
        ctx.beginPath();
        ctx.moveTo(at, top + height);
        ctx.lineTo(at + height, top);
        ctx.stroke();
      }
      ctx.restore();
      label(word === 'NaN' ? 'not a number' : 'infinite', begin + wide / 2, top + height / 2, color('--critical'));
    }
  }

  function label(words, at, height_, ink) {
    ctx.font = text;
    ctx.fillStyle = ink;
    const half = ctx.measureText(words).width / 2;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(words, inside(at, half), height_);
  }

  /** Where a text of this half width is centered so that the plot holds it. */
  function inside(at, half) {
    return Math.min(left + width - half, Math.max(left + half, at));
  }

  function upright(epoch, ink) {
    ctx.strokeStyle = ink;
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x(epoch), top);
    ctx.lineTo(x(epoch), top + height);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function lossAt(epoch) {
    const found = plot.data[0].indexOf(epoch);
    return found < 0 ? null : plot.data[2][found] ?? plot.data[1][found];
  }

  function bestAndStop() {
    const above = top - 11 * ratio;
    const words = bestEpoch && seen(bestEpoch) && `best ${bestEpoch}`;
    const other = stoppedEpoch && seen(stoppedEpoch) && `${stopLabel} ${stoppedEpoch}`;
    ctx.font = text;
    // Labels that would touch are said in one.
    const halves = [words, other].map((said) => ctx.measureText(said || '').width / 2);
    const near = words && other
      && Math.abs(inside(x(stoppedEpoch), halves[1]) - inside(x(bestEpoch), halves[0]))
        < halves[0] + halves[1] + 10 * ratio;
    if (words) {
      upright(bestEpoch, color('--best'));
      label(near ? `${words}, ${other}` : words, x(bestEpoch), above, color('--best'));
      const loss = lossAt(bestEpoch);
      if (loss !== null) dot(x(bestEpoch), y(loss));
    }
    if (other) {
      upright(stoppedEpoch, color('--soft'));
      if (!near) label(other, x(stoppedEpoch), above, color('--soft'));
    }
  }

  function dot(at, height_) {
    ctx.beginPath();
    ctx.arc(at, height_, 5 * ratio, 0, 2 * Math.PI);
    ctx.fillStyle = color('--best');
    ctx.strokeStyle = color('--card');
    ctx.lineWidth = 2 * ratio;
    ctx.fill();
    ctx.stroke();
  }

  /** A triangle above the validation curve, hollow once the alert is resolved. */
  function alertMarks() {
    for (const {epoch, severity, resolvedAtEpoch} of alerts) {
      if (!seen(epoch)) continue;
      const loss = lossAt(epoch);
      const tip = (loss === null ? top + 20 * ratio : y(loss)) - 7 * ratio;
      const size = 6 * ratio;
      ctx.beginPath();
      ctx.moveTo(x(epoch), tip);
      ctx.lineTo(x(epoch) - size, tip - 1.7 * size);
      ctx.lineTo(x(epoch) + size, tip - 1.7 * size);
      ctx.closePath();
      const ink = color(`--${severity.toLowerCase()}`) || color('--warning');
      ctx.fillStyle = resolvedAtEpoch === undefined ? ink : color('--card');
      ctx.strokeStyle = ink;
      ctx.lineWidth = 1.5 * ratio;
      ctx.fill();
      ctx.stroke();
    }
  }

  /** What a replayed stop leaves out is veiled; a ring is where its weights would be from. */
  function replayed() {
    if (wouldStop === undefined) return;
    const at = x(wouldStop);
    ctx.globalAlpha = 0.72;
    ctx.fillStyle = color('--card');
    ctx.fillRect(at, top, left + width - at, height);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = color('--ink');
    ctx.lineWidth = 2 * ratio;
    ctx.beginPath();
    ctx.moveTo(at, top);
    ctx.lineTo(at, top + height);
    ctx.stroke();
    ctx.font = text;
    const words = `would stop ${wouldStop}`;
    const half = ctx.measureText(words).width / 2 + 7 * ratio;
    const fits = at + 2 * half <= left + width;
    const free = !(bestEpoch > wouldStop) || at - 2 * half < left;
    const side = fits && free ? half : -half;
    label(words, at + side, top + 10 * ratio, color('--ink'));
    const loss = kept && lossAt(kept);
    if (!Number.isFinite(loss)) return;
    ctx.beginPath();
    ctx.arc(x(kept), y(loss), 8 * ratio, 0, 2 * Math.PI);
    ctx.stroke();
  }

  return {
    below: () => clipped(() => { shadedGap(); shadedNotFinite(); }),
    above: () => framed(() => { replayed(); bestAndStop(); alertMarks(); }),
  };
}
