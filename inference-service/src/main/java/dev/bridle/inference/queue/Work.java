package dev.bridle.inference.queue;

import java.util.List;

/**
 * Something to compute.
 *
 * @param <W> the kind of work itself
 * @param <R> what comes out
 */
public interface Work<W extends Work<W, R>, R> {
  /** Whether it may be computed together with those, all of which may already be. */
  boolean joins(List<W> others);

  /** The results of the batch, one each and in its order; this one is the batch's first. */
  List<R> computeWith(List<W> batch);
}
