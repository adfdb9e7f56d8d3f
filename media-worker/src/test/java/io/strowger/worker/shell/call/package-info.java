/// Tests of calls on real sockets.
@NullMarked
package io.strowger.worker.shell.call;

import org.jspecify.annotations.NullMarked;
