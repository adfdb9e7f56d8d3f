/// The recording-service against a real broker.
@NullMarked
package io.strowger.recording;

import org.jspecify.annotations.NullMarked;
