/// What is decided, without a clock, a socket or a log.
@NullMarked
package io.strowger.orchestrator.core;

import org.jspecify.annotations.NullMarked;
