/// Where the samples of a recording are, and where there are none. Positions are samples per
/// channel from the start of the recording, pauses left out.
@NullMarked
package io.strowger.recording.core.timeline;

import org.jspecify.annotations.NullMarked;
