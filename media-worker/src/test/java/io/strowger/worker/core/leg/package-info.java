/// Tests of a leg's decisions, without a socket.
@NullMarked
package io.strowger.worker.core.leg;

import org.jspecify.annotations.NullMarked;
