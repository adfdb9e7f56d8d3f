/// The engine on real sockets.
@NullMarked
package io.strowger.worker.shell.rtp;

import org.jspecify.annotations.NullMarked;
