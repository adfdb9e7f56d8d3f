/// Which offsets of the log are safe to commit, and which part of it must be read again.
@NullMarked
package io.strowger.recording.core.offset;

import org.jspecify.annotations.NullMarked;
