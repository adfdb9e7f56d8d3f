/// Tests of SIP's values and sums, without a socket.
@NullMarked
package io.strowger.worker.core.sip;

import org.jspecify.annotations.NullMarked;
