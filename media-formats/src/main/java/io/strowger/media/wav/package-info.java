/// WAV files: anything common in, 8 kHz mono 16-bit out.
@NullMarked
package io.strowger.media.wav;

import org.jspecify.annotations.NullMarked;
