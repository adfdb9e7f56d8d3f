/// What a recording takes from its call frame by frame, the way it leaves the media thread, and the
/// account of what reached Kafka. Pauses stop its position, nothing else does.
@NullMarked
package io.strowger.worker.core.recording;

import org.jspecify.annotations.NullMarked;
