/// One leg's packets, out and in, without sockets.
@NullMarked
package io.strowger.worker.core.rtp;

import org.jspecify.annotations.NullMarked;
