/// One leg that rings at several places at once: which of its branches is it, and what becomes of
/// the others. Pure; each branch is a leg of its own to `core.leg`.
@NullMarked
package io.strowger.worker.core.fork;

import org.jspecify.annotations.NullMarked;
