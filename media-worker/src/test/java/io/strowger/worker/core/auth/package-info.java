/// Tests of who is believed, without a socket or a clock.
@NullMarked
package io.strowger.worker.core.auth;

import org.jspecify.annotations.NullMarked;
