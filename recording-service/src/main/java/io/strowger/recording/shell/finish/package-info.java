/// Builds finished files from spooled audio and gives them to their store.
@NullMarked
package io.strowger.recording.shell.finish;

import org.jspecify.annotations.NullMarked;
