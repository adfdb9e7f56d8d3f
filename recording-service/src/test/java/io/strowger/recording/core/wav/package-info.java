/// Tests of `core.wav`.
@NullMarked
package io.strowger.recording.core.wav;

import org.jspecify.annotations.NullMarked;
