/// All calls of one partition of the log, and their timers.
@NullMarked
package io.strowger.orchestrator.core.partition;

import org.jspecify.annotations.NullMarked;
