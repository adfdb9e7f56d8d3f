/// The audio of a call on its way to an application that streams it, and what the application sends
/// back: between the media thread of the call, which never waits, and the connection.
@NullMarked
package io.strowger.worker.core.stream;

import org.jspecify.annotations.NullMarked;
