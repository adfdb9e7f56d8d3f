/// Which trunk a call takes and whether it may: prefixes, order, caps, who is a known peer. Pure;
/// the caller brings the time.
@NullMarked
package io.strowger.worker.core.route;

import org.jspecify.annotations.NullMarked;
