/// Repeatable requests (OASIS Repeatable Requests 1.0): which command a request is, so that a
/// retried one is the same command.
@NullMarked
package io.strowger.gateway.core.repeat;

import org.jspecify.annotations.NullMarked;
