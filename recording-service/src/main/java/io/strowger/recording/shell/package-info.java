/// Adapters: the log.
@NullMarked
package io.strowger.recording.shell;

import org.jspecify.annotations.NullMarked;
