/// Serves finished recordings over HTTP, to the gateway, which passes them on.
@NullMarked
package io.strowger.recording.shell.content;

import org.jspecify.annotations.NullMarked;
