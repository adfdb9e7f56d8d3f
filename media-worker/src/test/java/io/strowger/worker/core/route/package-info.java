/// Tests of who is called through whom, without a socket.
@NullMarked
package io.strowger.worker.core.route;

import org.jspecify.annotations.NullMarked;
