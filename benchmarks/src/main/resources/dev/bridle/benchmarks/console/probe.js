// Put into every page before its own scripts: tells how smooth the page is, from the page's inside.
window.probe = (() => {
  let frames = [];
  let tasks = [];
  let watching = 0;
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration)))
    .observe({entryTypes: ['longtask']});

  /** Milliseconds between two frames, until it is stopped. */
  function start() {
    frames = [];
    tasks = [];
    const mine = watching += 1;
    let before;
    requestAnimationFrame(function next(now) {
      if (mine !== watching) return;
      if (before !== undefined) frames.push(now - before);
      before = now;
      requestAnimationFrame(next);
    });
  }

  function stop() {
    watching += 1;
    return {frames, tasks};
  }

  /** Calls done once the condition holds and the frame in which it does is drawn. */
  function drawn(condition, done) {
    requestAnimationFrame(() => {
      if (condition()) setTimeout(done);
      else drawn(condition, done);
    });
  }

  /** Hands over the milliseconds from the act until its effect is drawn. */
  function after(act, condition, done) {
    const begin = performance.now();
    act();
    drawn(condition, () => done(performance.now() - begin));
  }

  /** Hands over the milliseconds from the navigation until the condition is drawn. */
  function since(condition, done) {
    drawn(condition, () => done(performance.now()));
  }

  /** Down by so many pixels a frame, from the top again at the end; returns what stops it. */
  function scroll(pixels) {
    let on = true;
    requestAnimationFrame(function next() {
      if (!on) return;
      const root = document.documentElement;
      const atEnd = root.scrollTop + innerHeight >= root.scrollHeight - 1;
      scrollTo({top: atEnd ? 0 : root.scrollTop + pixels, behavior: 'instant'});
      requestAnimationFrame(next);
    });
    return () => { on = false; };
  }

  return {start, stop, after, since, scroll};
})();
