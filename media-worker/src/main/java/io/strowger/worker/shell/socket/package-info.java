/// WebSocket connections to servers of others: applications, recognisers.
@NullMarked
package io.strowger.worker.shell.socket;

import org.jspecify.annotations.NullMarked;
