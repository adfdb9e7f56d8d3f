/// Reads `recording.commands`.
@NullMarked
package io.strowger.recording.shell.kafka;

import org.jspecify.annotations.NullMarked;
