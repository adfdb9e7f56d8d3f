/// Bridges frame by frame, with sockets in memory and time by hand.
@NullMarked
package io.strowger.worker.core.bridge;

import org.jspecify.annotations.NullMarked;
