/// Media threads, sockets and ports.
@NullMarked
package io.strowger.worker.shell.rtp;

import org.jspecify.annotations.NullMarked;
