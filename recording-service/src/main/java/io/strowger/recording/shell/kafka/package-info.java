/// Reads `recording.commands` and `recording.audio`, writes `recording.events`. One thread does all
/// of it; what takes long is done elsewhere and comes back through the [Inbox].
@NullMarked
package io.strowger.recording.shell.kafka;

import org.jspecify.annotations.NullMarked;
