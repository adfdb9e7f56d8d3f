/// WAV files of 16-bit PCM: headers, and channels brought together.
@NullMarked
package io.strowger.recording.core.wav;

import org.jspecify.annotations.NullMarked;
