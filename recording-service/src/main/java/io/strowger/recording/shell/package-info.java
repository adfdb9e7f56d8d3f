/// Adapters: the log, the spool on disk, and what makes finished files.
@NullMarked
package io.strowger.recording.shell;

import org.jspecify.annotations.NullMarked;
