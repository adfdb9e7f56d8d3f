/// A call's legs and players in one mix, one frame of 20 ms at a time.
@NullMarked
package io.strowger.worker.core.bridge;

import org.jspecify.annotations.NullMarked;
