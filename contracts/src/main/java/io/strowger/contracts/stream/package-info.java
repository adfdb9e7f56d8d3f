/// The audio of a call and its words, streamed to an application over a WebSocket.
@NullMarked
package io.strowger.contracts.stream;

import org.jspecify.annotations.NullMarked;
