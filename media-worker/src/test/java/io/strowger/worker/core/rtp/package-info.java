/// Jitter buffer, addresses and numbers of one leg.
@NullMarked
package io.strowger.worker.core.rtp;

import org.jspecify.annotations.NullMarked;
