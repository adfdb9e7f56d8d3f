/// Recordings that are not finished, as folders of WAV files.
@NullMarked
package io.strowger.recording.shell.spool;

import org.jspecify.annotations.NullMarked;
